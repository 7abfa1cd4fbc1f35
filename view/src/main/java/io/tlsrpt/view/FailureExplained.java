// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.view;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.DomainFigures;
import io.tlsrpt.figures.FailureFigures;
import io.tlsrpt.figures.guide.FailureAdvice;
import io.tlsrpt.figures.guide.FailureGuide;
import io.tlsrpt.figures.posture.Judgement;
import io.tlsrpt.figures.posture.Verdict;
import io.tlsrpt.report.DomainName;

/**
 * One kind of failure of a domain, and what is known of that kind.
 *
 * @param domain that has it
 * @param judgement what the receiver's own looks say of it
 */
public record FailureExplained(DomainName domain, FailureFigures failure, Judgement judgement) {
  public FailureExplained {
    requireNonNull(domain, "domain");
    requireNonNull(failure, "failure");
    requireNonNull(judgement, "judgement");
  }

  /** One of the failures of a domain. */
  public static FailureExplained of(
      DomainFigures domain, FailureFigures failure, FiguresSource source) {
    Judgement looks = OwnLooks.judge(domain, failure, source.postures(), source.now());
    return new FailureExplained(
        domain.domain(), failure, DeliveryEvidence.beside(looks, failure, source::lastDelivery));
  }

  /** All that is known, as one text: what our looks say first, if they say something. */
  public String text() {
    String explanation = Explanation.of(failure.kind(), advice());
    return judgement.verdict() == Verdict.OFF
        ? explanation
        : String.join("\n", judgement.evidence()) + "\n\n" + explanation;
  }

  /** Explanation and remedy with the domain's name, and that of the first MX host that failed. */
  public FailureAdvice advice() {
    return advice(domain, failure);
  }

  /** Explanation and remedy alone, whatever our looks say. */
  public static FailureAdvice advice(DomainName domain, FailureFigures failure) {
    return FailureGuide.of(failure.kind())
        .about(domain, failure.receivingMx().stream().findFirst());
  }

  public boolean isActive() {
    return failure.activeSessions() > 0;
  }
}

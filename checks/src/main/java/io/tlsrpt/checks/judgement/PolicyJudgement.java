// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.judgement;

import io.tlsrpt.checks.certificates.CertificateFault;
import io.tlsrpt.checks.connections.PolicyResult;
import io.tlsrpt.checks.records.MtaStsPolicy;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.posture.CheckStatus;
import io.tlsrpt.figures.posture.Seen;
import io.tlsrpt.report.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Judges what a policy host answered (RFC 8461 §3). */
public final class PolicyJudgement {
  private PolicyJudgement() {}

  /**
   * Judges one answer.
   *
   * @param id of the record
   * @param closed why a connection that fails says nothing of the host; empty if it does
   */
  public static PolicySight judge(String id, PolicyResult result, Optional<String> closed) {
    return switch (result) {
      case PolicyResult.NotConnected(String words) ->
          without(
              closed
                  .map(why -> Seen.unknown(why, FailureKind.STS_POLICY_FETCH_ERROR))
                  .orElseGet(() -> fetchError(words)));
      case PolicyResult.NotFetched not -> without(fetchError(not.words()));
      case PolicyResult.BadCertificate bad ->
          new PolicySight.NoPolicy(
              new Seen(
                  CheckStatus.FAILING,
                  Set.of(FailureKind.STS_WEBPKI_INVALID),
                  bad.certificate().faults().stream()
                      .map(CertificateFault::words)
                      .map(words -> "the certificate of the policy host: " + words)
                      .toList(),
                  List.of()),
              Optional.of(bad.certificate().ends()));
      case PolicyResult.Fetched fetched -> read(id, fetched);
    };
  }

  private static PolicySight read(String id, PolicyResult.Fetched fetched) {
    return switch (MtaStsPolicy.parse(fetched.body().octets())) {
      case MtaStsPolicy.Invalid(String words) ->
          new PolicySight.NoPolicy(
              Seen.failing(words, FailureKind.STS_POLICY_INVALID),
              Optional.of(fetched.certificate().ends()));
      case MtaStsPolicy.Valid policy ->
          new PolicySight.Usable(
              id,
              policy,
              Digests.sha256(fetched.body().octets()),
              Optional.of(fetched.certificate().ends()),
              notes(fetched, policy));
    };
  }

  private static List<String> notes(PolicyResult.Fetched fetched, MtaStsPolicy.Valid policy) {
    List<String> notes = new ArrayList<>(policy.notes());
    fetched
        .contentType()
        .filter(type -> !type.toLowerCase(Locale.ROOT).startsWith("text/plain"))
        .ifPresent(
            type ->
                notes.add(
                    "the content type is " + PlainText.of(type, 60) + ": some senders refuse it"));
    if (!fetched.certificate().lasts()) {
      notes.add("the certificate of the policy host " + fetched.certificate().ending());
    }
    return notes;
  }

  private static Seen fetchError(String words) {
    return Seen.failing(words, FailureKind.STS_POLICY_FETCH_ERROR);
  }

  private static PolicySight without(Seen seen) {
    return new PolicySight.NoPolicy(seen, Optional.empty());
  }
}

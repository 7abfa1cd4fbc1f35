// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import io.tlsrpt.figures.FailureFigures;
import java.util.List;
import java.util.Optional;

/**
 * {@code io.tlsrpt:type=Failure,domain=…,resultType=…}: one kind of failure of a domain, from the
 * first report of it until retention.
 */
final class FailureBean {
  static final BeanType<FailureFigures> TYPE =
      new BeanType<>(
          "io.tlsrpt.Failure",
          "One kind of failure of mail to one policy domain.",
          List.of(
              Attribute.number(
                  "FailedSessions",
                  "sessions",
                  "Sessions that failed in this way, ever reported; only grows.",
                  FailureFigures::failedSessions),
              Attribute.number(
                  "ActiveSessions",
                  "sessions",
                  "Sessions of what is failing in this way now; 0 when nothing is.",
                  FailureFigures::activeSessions),
              Attribute.day(
                  "ActiveSince",
                  "First failing day (UTC) of the present spell; null when it is over.",
                  FailureFigures::activeSince),
              Attribute.day(
                  "FirstSeen",
                  "First failing day (UTC) within retention.",
                  failure -> Optional.of(failure.firstSeen())),
              Attribute.day(
                  "LastSeen",
                  "Latest failing day (UTC).",
                  failure -> Optional.of(failure.lastSeen())),
              Attribute.number(
                  "Reporters",
                  "reporters",
                  "Reporters that told of it since the present or last spell began, 200 at most.",
                  failure -> failure.reporters().size()),
              Attribute.texts(
                  "ReporterNames",
                  "The signing domains of these reporters.",
                  FailureFigures::reporters),
              Attribute.texts(
                  "ReceivingMx",
                  "Receiving MX hosts that were named since then, in lower case, 20 at most.",
                  FailureFigures::receivingMx)));

  private FailureBean() {}
}

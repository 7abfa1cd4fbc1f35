// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.PlainText;
import io.tlsrpt.view.FailureExplained;
import java.util.List;
import java.util.Optional;
import javax.management.openmbean.SimpleType;

/**
 * {@code io.tlsrpt:type=Failure,domain=…,resultType=…}: one kind of failure of a domain, from the
 * first report of it until retention.
 */
final class FailureBean {
  static final BeanType<FailureExplained> TYPE =
      new BeanType<>(
          "io.tlsrpt.Failure",
          "One kind of failure of mail to one policy domain.",
          List.of(
              Attribute.number(
                  "FailedSessions",
                  "sessions",
                  "Sessions ever reported that failed in this way; only grows.",
                  shown -> shown.failure().failedSessions()),
              Attribute.number(
                  "ActiveSessions",
                  "sessions",
                  "Sessions of this failure while it is active; 0 if it is not.",
                  shown -> shown.failure().activeSessions()),
              Attribute.day(
                  "ActiveSince",
                  "First failing day (UTC) of the present incident; null if it is over.",
                  shown -> shown.failure().activeSince()),
              Attribute.day(
                  "FirstSeen",
                  "First failing day (UTC) within retention.",
                  shown -> Optional.of(shown.failure().firstSeen())),
              Attribute.day(
                  "LastSeen",
                  "Latest failing day (UTC).",
                  shown -> Optional.of(shown.failure().lastSeen())),
              Attribute.number(
                  "Reporters",
                  "reporters",
                  "Reporters that reported the failure since the present or last incident began,"
                      + " 200 at most.",
                  shown -> shown.failure().reporters().size()),
              Attribute.texts(
                  "ReporterNames",
                  "The signing domains of these reporters.",
                  shown -> values(shown.failure().reporters())),
              Attribute.texts(
                  "ReceivingMx",
                  "Receiving MX hosts that these reporters named since then, in lower case, 20 at"
                      + " most.",
                  shown -> plain(shown.failure().receivingMx())),
              Attribute.text(
                  "Verdict",
                  "What this server's own looks say of it: confirmed, mended, published-otherwise,"
                      + " off, unknown, not-seen.",
                  shown -> shown.judgement().verdict().key()),
              Attribute.texts(
                  "Evidence",
                  "Why Verdict says so, 5 lines at most.",
                  shown -> shown.judgement().evidence()),
              Attribute.time(
                  "LookedAt",
                  "When the look was on which Verdict rests; null if there was none.",
                  shown -> shown.judgement().lookedAt()),
              Attribute.text(
                  "Explanation", "What the sender saw.", shown -> shown.advice().explanation()),
              Attribute.text(
                  "Remedy",
                  "Commands that show the fault, and what to change.",
                  shown -> shown.advice().remedy())),
          List.of(
              // An operation, because JConsole keeps line breaks of its result, but not of an
              // attribute.
              new Operation<>(
                  "explain",
                  List.of(),
                  SimpleType.STRING,
                  "Evidence, Explanation and Remedy as a page to read.",
                  (shown, given) -> shown.text())));

  private FailureBean() {}

  private static List<String> values(List<DomainName> names) {
    return names.stream().map(DomainName::value).toList();
  }

  private static List<String> plain(List<String> written) {
    return written.stream().map(PlainText::of).toList();
  }
}

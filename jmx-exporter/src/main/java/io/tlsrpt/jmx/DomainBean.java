// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import io.tlsrpt.figures.DomainFigures;
import java.util.List;

/**
 * {@code io.tlsrpt:type=Domain,domain=…}: plain values only, so that JConsole charts them and a
 * scrape of many domains stays cheap.
 */
final class DomainBean {
  static final BeanType<DomainFigures> TYPE =
      new BeanType<>(
          "io.tlsrpt.Domain",
          "What TLS reports say of mail to one policy domain.",
          List.of(
              Attribute.number(
                  "Reports",
                  "reports",
                  "Accepted reports that speak of this domain; only grows.",
                  domain -> domain.totals().reports()),
              Attribute.number(
                  "SuccessfulSessions",
                  "sessions",
                  "Sessions that satisfied the policy, each counted once; only grows.",
                  domain -> domain.totals().sessions().successful()),
              Attribute.number(
                  "FailedSessions",
                  "sessions",
                  "Sessions that did not satisfy the policy, each counted once; only grows.",
                  domain -> domain.totals().sessions().failed()),
              Attribute.number(
                  "ActiveFailures",
                  "sessions",
                  "Failed sessions of what is failing now; 0 when nothing is.",
                  domain -> domain.active().failed()),
              Attribute.ratio(
                  "FailureRatio",
                  "ActiveFailures among all sessions of the very same reports, 0 to 1.",
                  DomainFigures::failureRatio),
              Attribute.truth(
                  "Failing", "Whether some failure of any type is active.", DomainFigures::failing),
              Attribute.truth(
                  "LosingMail",
                  "Whether a failure is active for which senders keep mail back: one of DANE, or"
                      + " any while an established reporter (heard of on 3 days) saw mode enforce.",
                  DomainFigures::losingMail),
              Attribute.text(
                  "PolicyMode",
                  "MTA-STS mode that reporters of the last 14 days saw, by vote, one an organisation:"
                      + " enforce, testing, none, unknown.",
                  domain -> domain.mode().key()),
              Attribute.truth(
                  "EnforceReady",
                  "Whether the data say that mode testing can become enforce; EnforceBlockers of"
                      + " type=Breakdown say what is missing.",
                  DomainFigures::enforceReady),
              Attribute.number(
                  "Reporters",
                  "reporters",
                  "Reporters heard of within failureWindow.",
                  DomainFigures::reporters),
              Attribute.number(
                  "ReportersOverdue",
                  "reporters",
                  "Reporters silent for more than 3 times their usual interval (median of the last"
                      + " 8 gaps) and twice the longest of them (14 days at most), 3 days at least.",
                  DomainFigures::reportersOverdue),
              Attribute.time(
                  "LastReportTime",
                  "Receipt of the newest accepted report; null if there was none.",
                  domain -> domain.totals().lastReportTime()),
              Attribute.time(
                  "LastReportEnd",
                  "Latest end of a range ever accepted; null if there was none.",
                  domain -> domain.totals().lastReportEnd()),
              Attribute.day(
                  "OldestActiveFailure",
                  "First failing day (UTC) of the present incident; null when nothing is failing.",
                  DomainFigures::oldestActiveFailure),
              Attribute.day(
                  "NewestActiveFailure",
                  "Latest failing day (UTC) of the present incident; null when nothing is failing.",
                  DomainFigures::newestActiveFailure),
              Attribute.day(
                  "LastFailure",
                  "Latest failing day (UTC) ever reported; null if there was none.",
                  domain -> domain.totals().lastFailure())));

  private DomainBean() {}
}

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
                  "Accepted reports about this domain; only grows.",
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
                  "Failed sessions of all active failures; 0 if none is active.",
                  domain -> domain.active().failed()),
              Attribute.ratio(
                  "FailureRatio",
                  "ActiveFailures divided by all sessions of the same reports, 0 to 1.",
                  DomainFigures::failureRatio),
              Attribute.truth(
                  "Failing", "Whether a failure of any type is active.", DomainFigures::failing),
              Attribute.truth(
                  "LosingMail",
                  "Whether a failure is active for which senders keep mail back: one of DANE, or"
                      + " any while an established reporter (with reports on 3 days) saw mode"
                      + " enforce.",
                  DomainFigures::losingMail),
              Attribute.text(
                  "PolicyMode",
                  "MTA-STS mode by vote of the reporters of the last 14 days, one vote for each"
                      + " organisation: enforce, testing, none, unknown.",
                  domain -> domain.mode().key()),
              Attribute.truth(
                  "EnforceReady",
                  "Whether mode testing can become enforce, by what reports say; EnforceBlockers of"
                      + " type=Breakdown says what is missing.",
                  DomainFigures::enforceReady),
              Attribute.number(
                  "Reporters",
                  "reporters",
                  "Reporters with a report within failureWindow.",
                  DomainFigures::reporters),
              Attribute.number(
                  "ReportersOverdue",
                  "reporters",
                  "Reporters silent for more than 3 days, more than 3 times their usual interval"
                      + " (median of their last 8 gaps), and more than twice the longest of these"
                      + " gaps (14 days at most).",
                  DomainFigures::reportersOverdue),
              Attribute.time(
                  "LastReportTime",
                  "Receipt of the newest accepted report; null if there was none.",
                  domain -> domain.totals().lastReportTime()),
              Attribute.time(
                  "LastReportEnd",
                  "Latest end of a date range in an accepted report; null if there was none.",
                  domain -> domain.totals().lastReportEnd()),
              Attribute.day(
                  "OldestActiveFailure",
                  "First failing day (UTC) of the present incident; null if nothing is failing.",
                  DomainFigures::oldestActiveFailure),
              Attribute.day(
                  "NewestActiveFailure",
                  "Latest failing day (UTC) of the present incident; null if nothing is failing.",
                  DomainFigures::newestActiveFailure),
              Attribute.day(
                  "LastFailure",
                  "Latest failing day (UTC) ever reported; null if there was none.",
                  domain -> domain.totals().lastFailure())));

  private DomainBean() {}
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import io.tlsrpt.figures.DomainFigures;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.PolicyKind;
import io.tlsrpt.report.MtaStsMode;
import java.util.List;

/** {@code io.tlsrpt:type=Breakdown,domain=…}: the domain's sessions and failures told apart. */
final class BreakdownBean {
  private static final CountsByKey<PolicyKind> POLICY_KINDS =
      CountsByKey.of(
          "io.tlsrpt.SessionsByPolicyType",
          "Sessions by type of policy.",
          PolicyKind.values(),
          PolicyKind::key);
  private static final CountsByKey<FailureKind> FAILURE_KINDS =
      CountsByKey.of(
          "io.tlsrpt.FailuresByResultType",
          "Failed sessions by result type; types may overlap.",
          FailureKind.values(),
          FailureKind::key);
  private static final CountsByKey<MtaStsMode> MODES =
      CountsByKey.of(
          "io.tlsrpt.PolicyModes",
          "1 for the mode in force, 0 for the others.",
          MtaStsMode.values(),
          MtaStsMode::key);

  static final BeanType<DomainFigures> TYPE =
      new BeanType<>(
          "io.tlsrpt.Breakdown",
          "Sessions and failures of one policy domain, told apart; all items always present.",
          List.of(
              Attribute.composite(
                  "SuccessfulSessionsByPolicyType",
                  POLICY_KINDS,
                  "sessions",
                  "Successful sessions as reported under each policy type: not to be added up.",
                  domain -> POLICY_KINDS.counts(kind -> domain.totals().of(kind).successful())),
              Attribute.composite(
                  "FailedSessionsByPolicyType",
                  POLICY_KINDS,
                  "sessions",
                  "Failed sessions as reported under each policy type: not to be added up.",
                  domain -> POLICY_KINDS.counts(kind -> domain.totals().of(kind).failed())),
              Attribute.composite(
                  "FailuresByResultType",
                  FAILURE_KINDS,
                  "sessions",
                  "Failed sessions ever reported, by result type; only grow.",
                  domain -> FAILURE_KINDS.counts(domain.totals().failures()::of)),
              Attribute.composite(
                  "ActiveFailuresByResultType",
                  FAILURE_KINDS,
                  "sessions",
                  "Failed sessions of active failures, by result type.",
                  domain -> FAILURE_KINDS.counts(domain.activeFailures()::of)),
              Attribute.composite(
                  "PolicyModes",
                  MODES,
                  "",
                  "1 for the MTA-STS mode in force by vote of the reporters, 0 for the others.",
                  domain -> MODES.counts(mode -> mode == domain.mode() ? 1 : 0)),
              Attribute.texts(
                  "EnforceBlockers",
                  "What stands against going from mode testing to enforce; empty if nothing does.",
                  DomainFigures::enforceBlockers)));

  private BreakdownBean() {}
}

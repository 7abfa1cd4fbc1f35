// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import java.util.Map;

/**
 * The figures of {@link Samples}, worked out by hand.
 *
 * <p>example.com: Bigmail 980 + 20, Postbox 99 + 2 (of MTA-STS 98 + 2 and DANE 101 + 0 the larger
 * total and the larger failure count), Freemail 40, Smallmail 55 + 1: together 1174 + 23, and of
 * the 1157 sessions in reports that are failing 23 failed.
 *
 * <p>example.org: Bigmail 245 + 5 and a day later 250, Freemail 7: nothing is failing any more.
 *
 * <p>example.net: Dane 300 + 30, of which details explain 25, Freemail 10: 30 of 330 are failing.
 */
public final class ExpectedFigures {
  /** All mails, which all go on to the mailbox. */
  public static final int MAILS = 15;

  private static final Map<String, String> RECEIVER =
      Map.of(
          "ReportsReceived", "15",
          "ReportsAccepted", "8",
          "ReportsDuplicate", "1",
          "ReportsRejected", "6",
          "RejectionsByReason",
              "{decompression=1, dkim-misaligned=1, dkim-missing=1, malformed=1, not-a-report=1,"
                  + " unknown-domain=1}",
          "Domains", "3");

  private static final Map<String, Map<String, String>> DOMAINS =
      Map.of(
          "example.com",
          Map.ofEntries(
              Map.entry("Reports", "4"),
              Map.entry("SuccessfulSessions", "1174"),
              Map.entry("FailedSessions", "23"),
              Map.entry("ActiveFailures", "23"),
              Map.entry("FailureRatio", "0.0199"),
              Map.entry("Failing", "true"),
              Map.entry("PolicyMode", "enforce"),
              Map.entry("Reporters", "4"),
              Map.entry(
                  "SuccessfulSessionsByPolicyType", "{no-policy-found=40, sts=1133, tlsa=101}"),
              Map.entry("FailedSessionsByPolicyType", "{sts=23}"),
              Map.entry(
                  "FailuresByResultType",
                  "{certificate-expired=20, other=1, validation-failure=2}"),
              Map.entry(
                  "ActiveFailuresByResultType",
                  "{certificate-expired=20, other=1, validation-failure=2}")),
          "example.org",
          Map.ofEntries(
              Map.entry("Reports", "3"),
              Map.entry("SuccessfulSessions", "502"),
              Map.entry("FailedSessions", "5"),
              Map.entry("ActiveFailures", "0"),
              Map.entry("FailureRatio", "0.0000"),
              Map.entry("Failing", "false"),
              Map.entry("PolicyMode", "testing"),
              Map.entry("Reporters", "2"),
              Map.entry("SuccessfulSessionsByPolicyType", "{sts=502}"),
              Map.entry("FailedSessionsByPolicyType", "{sts=5}"),
              Map.entry("FailuresByResultType", "{starttls-not-supported=5}"),
              Map.entry("ActiveFailuresByResultType", "{}")),
          "example.net",
          Map.ofEntries(
              Map.entry("Reports", "2"),
              Map.entry("SuccessfulSessions", "310"),
              Map.entry("FailedSessions", "30"),
              Map.entry("ActiveFailures", "30"),
              Map.entry("FailureRatio", "0.0909"),
              Map.entry("Failing", "true"),
              Map.entry("PolicyMode", "unknown"),
              Map.entry("Reporters", "2"),
              Map.entry("SuccessfulSessionsByPolicyType", "{no-policy-found=10, tlsa=300}"),
              Map.entry("FailedSessionsByPolicyType", "{tlsa=30}"),
              Map.entry(
                  "FailuresByResultType", "{dnssec-invalid=15, tlsa-invalid=10, unspecified=5}"),
              Map.entry(
                  "ActiveFailuresByResultType",
                  "{dnssec-invalid=15, tlsa-invalid=10, unspecified=5}")));

  public static final Figures FIGURES = new Figures(RECEIVER, DOMAINS);

  private ExpectedFigures() {}
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.dns;

import io.tlsrpt.report.PlainText;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;

/** Why a resolver gives no answer, in its own words (RFC 8914). */
final class ExtendedErrors {
  private static final int MAX_LENGTH = 120;

  private ExtendedErrors() {}

  /** "DNSSEC Bogus" to "NSEC Missing": the resolver validated, and what it found is wrong. */
  static boolean sayBogus(Message answer) {
    return of(answer).stream()
        .mapToInt(ExtendedErrorCodeOption::getErrorCode)
        .anyMatch(
            code ->
                code >= ExtendedErrorCodeOption.DNSSEC_BOGUS
                    && code <= ExtendedErrorCodeOption.NSEC_MISSING);
  }

  /** "signature expired: since yesterday", safe to show; empty if it says nothing. */
  static String words(Message answer) {
    return PlainText.of(
        of(answer).stream().map(ExtendedErrors::words).distinct().collect(Collectors.joining("; ")),
        MAX_LENGTH);
  }

  private static String words(ExtendedErrorCodeOption error) {
    String kind = kind(error.getErrorCode());
    String text = error.getText();
    return text == null || text.isBlank() ? kind : kind + ": " + text.strip();
  }

  /** dnsjava has mnemonics, of which newer versions know more. */
  private static String kind(int code) {
    return switch (code) {
      case ExtendedErrorCodeOption.DNSSEC_BOGUS -> "DNSSEC bogus";
      case ExtendedErrorCodeOption.DNSKEY_MISSING -> "DNSKEY missing";
      case ExtendedErrorCodeOption.RRSIGS_MISSING -> "RRSIGs missing";
      case ExtendedErrorCodeOption.NSEC_MISSING -> "NSEC missing";
      default -> ExtendedErrorCodeOption.text(code).toLowerCase(Locale.ROOT).replace('_', ' ');
    };
  }

  private static List<ExtendedErrorCodeOption> of(Message answer) {
    OPTRecord options = answer.getOPT();
    return options == null
        ? List.of()
        : options.getOptions().stream()
            .filter(ExtendedErrorCodeOption.class::isInstance)
            .map(ExtendedErrorCodeOption.class::cast)
            .toList();
  }
}

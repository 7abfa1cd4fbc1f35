// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.records;

import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.PlainText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Where a domain wants its reports to go: one URI of a TLS-RPT record (RFC 8460 §3). */
public sealed interface Rua {
  /** In characters; the longest mail address has 254. */
  int MAX_LENGTH = 254;

  /** The address, as it may be shown. */
  String text();

  /**
   * By mail.
   *
   * @param localPart percent-decoded, safe to show
   */
  record Mail(String localPart, DomainName domain) implements Rua {
    /**
     * Whether this is the same address: the domain without regard to case, the local part in full.
     */
    public boolean is(String address) {
      return addressOf(address)
          .filter(other -> other.localPart.equals(localPart) && other.domain.equals(domain))
          .isPresent();
    }

    @Override
    public String text() {
      return localPart + "@" + domain;
    }
  }

  /** By HTTPS, to somebody else: nothing here receives such reports. */
  record Https(String text) implements Rua {}

  /**
   * Reads one URI. What other protocols add to it, an exclamation mark and a size limit, means
   * nothing here.
   *
   * @return empty if no sender can send to it: another scheme, or no address
   */
  static Optional<Rua> parse(String uri) {
    int colon = uri.indexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    String rest = uri.substring(colon + 1);
    return switch (uri.substring(0, colon).toLowerCase(Locale.ROOT)) {
      case "mailto" -> addressOf(decoded(withoutParameters(rest))).map(Rua.class::cast);
      case "https" ->
          rest.startsWith("//") && rest.length() > 2
              ? Optional.of(new Https(PlainText.of(uri, MAX_LENGTH)))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** RFC 6068: a subject may follow. DMARC: a size limit may. */
  private static String withoutParameters(String address) {
    int end = address.length();
    for (char c : new char[] {'?', '!'}) {
      int at = address.indexOf(c);
      end = at < 0 ? end : Math.min(end, at);
    }
    return address.substring(0, end);
  }

  private static Optional<Mail> addressOf(String written) {
    String address = written.strip();
    int at = address.lastIndexOf('@');
    if (at <= 0 || address.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    return DomainName.parse(address.substring(at + 1))
        .map(domain -> new Mail(PlainText.of(address.substring(0, at), MAX_LENGTH), domain));
  }

  /** RFC 3986 §2.1. A percent sign that no two hexadecimal digits follow stays. */
  private static String decoded(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
      if (low < 0) {
        decoded.write(bytes[i]);
      } else {
        decoded.write(high * 16 + low);
        i += 2;
      }
    }
    return decoded.toString(StandardCharsets.UTF_8);
  }
}

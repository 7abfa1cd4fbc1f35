// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks the authserv-id of a gateway (RFC 8601 §2.5). */
public final class AuthservId {
  private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e&&[^;=\"()/]]{1,255}");

  /**
   * The methods of RFC 8601 §6, and others that gateways write. A field without an authserv-id
   * begins with one of these.
   */
  private static final Set<String> METHODS =
      Set.of(
          "none",
          "auth",
          "spf",
          "sender-id",
          "dkim",
          "dkim-adsp",
          "dkim-atps",
          "domainkeys",
          "dmarc",
          "arc",
          "bimi",
          "iprev",
          "dnswl",
          "rrvs",
          "smime",
          "vbr",
          "compauth");

  private AuthservId() {}

  /** An authserv-id as it was written; empty if malformed. */
  public static Optional<String> parse(String written) {
    return FORM.matcher(written).matches() && !METHODS.contains(written.toLowerCase(Locale.ROOT))
        ? Optional.of(written)
        : Optional.empty();
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet.parameters;

import jakarta.mail.internet.AddressException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.james.core.MailAddress;

/** What an administrator writes for mails to go to, and to point to. */
final class MailTexts {
  private static final int MAX_URL = 255;
  private static final Pattern VISIBLE = Pattern.compile("[!-~]+");

  private MailTexts() {}

  /** A plain address in ASCII, as it may stand in a header field. */
  static Optional<String> address(String written) {
    try {
      return Optional.of(written)
              .filter(text -> VISIBLE.matcher(text).matches())
              .filter(text -> !text.contains("*"))
              .isPresent()
          ? Optional.of(new MailAddress(written).asString())
          : Optional.empty();
    } catch (AddressException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Without a slash at its end. */
  static Optional<String> pageUrl(String written) {
    try {
      URI url = new URI(written);
      String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
      return (scheme.equals("https") || scheme.equals("http"))
              && url.getHost() != null
              && url.getRawUserInfo() == null
              && url.getRawQuery() == null
              && url.getRawFragment() == null
              && written.length() <= MAX_URL
              && VISIBLE.matcher(written).matches()
          ? Optional.of(written.replaceAll("/+$", ""))
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}

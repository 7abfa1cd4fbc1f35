// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a client says that it takes. A header is empty if it was not sent. */
final class AcceptHeaders {
  private static final Pattern REFUSED = Pattern.compile(";\\s*q=0(\\.0*)?$");

  private AcceptHeaders() {}

  /** Browsers name HTML; curl and scripts do not, though they take anything. */
  static boolean acceptsHtml(Optional<String> accept) {
    return names(accept, "text/html");
  }

  static boolean acceptsGzip(Optional<String> acceptEncoding) {
    return names(acceptEncoding, "gzip");
  }

  private static boolean names(Optional<String> header, String what) {
    return header.stream()
        .flatMap(list -> Stream.of(list.split(",", -1)))
        .map(value -> value.strip().toLowerCase(Locale.ROOT))
        .filter(value -> !REFUSED.matcher(value).find())
        .anyMatch(value -> value.equals(what) || value.startsWith(what + ";"));
  }
}

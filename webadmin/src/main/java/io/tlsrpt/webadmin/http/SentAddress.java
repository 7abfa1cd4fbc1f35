// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The parts of an address as it was sent. The server's own decoding is not asked, as what it does
 * with a bad address differs from version to version.
 */
public final class SentAddress {
  private SentAddress() {}

  /**
   * The segments of a path below its first one, decoded, without empty ones.
   *
   * @throws BadRequestException if it is not well encoded
   */
  public static List<String> segments(String path) {
    return Arrays.stream(path.split("/"))
        .filter(segment -> !segment.isEmpty())
        .skip(1)
        .map(segment -> decoded(segment.replace("+", "%2B")))
        .toList();
  }

  /**
   * The parameters of a query.
   *
   * @throws BadRequestException if it is not well encoded
   */
  public static Parameters parameters(String query) {
    Map<String, String> values = new HashMap<>();
    for (String parameter : query.split("&", -1)) {
      String[] nameAndValue = parameter.split("=", 2);
      values.putIfAbsent(
          decoded(nameAndValue[0]), nameAndValue.length > 1 ? decoded(nameAndValue[1]) : "");
    }
    return new Parameters(values);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Parameters.bad("the address", text, "in it: % only before two hexadecimal digits");
    }
  }
}

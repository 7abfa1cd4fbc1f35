// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Links from one of our addresses to others. They are relative, so that they work behind a proxy
 * that puts something before our path.
 *
 * @param toBase the way from the address to {@code /tlsrpt}, without the slash at its end
 */
public record Links(String toBase) {
  private static final String BASE = "tlsrpt";

  /** Links from the address with this path. */
  public static Links from(String path) {
    long depth = path.chars().filter(c -> c == '/').count() - 1;
    return new Links("../".repeat((int) Math.max(depth, 0)) + BASE);
  }

  public String overview() {
    return toBase;
  }

  public String overview(Map<String, String> query) {
    return toBase + query(query);
  }

  public String domain(String domain) {
    return toBase + "/domains/" + encoded(domain);
  }

  public String domain(String domain, Map<String, String> query) {
    return domain(domain) + query(query);
  }

  public String reports() {
    return toBase + "/reports";
  }

  public String reports(Map<String, String> query) {
    return reports() + query(query);
  }

  public String report(long id) {
    return toBase + "/reports/" + id;
  }

  public String failureTypes() {
    return toBase + "/failure-types";
  }

  public String failureType(String key) {
    return toBase + "/failure-types/" + encoded(key);
  }

  public String receiver() {
    return toBase + "/receiver";
  }

  /** A query in the order of the map; empty if there is nothing in it. */
  private static String query(Map<String, String> parameters) {
    return parameters.isEmpty()
        ? ""
        : parameters.entrySet().stream()
            .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
            .collect(Collectors.joining("&", "?", ""));
  }

  /** A query: names and values in turn; what has an empty value is left out. */
  public static Map<String, String> with(String... namesAndValues) {
    Map<String, String> query = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (!namesAndValues[i + 1].isEmpty()) {
        query.put(namesAndValues[i], namesAndValues[i + 1]);
      }
    }
    return query;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

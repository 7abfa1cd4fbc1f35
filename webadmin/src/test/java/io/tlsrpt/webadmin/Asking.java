// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin;

import io.tlsrpt.view.FiguresSource;
import io.tlsrpt.webadmin.http.Answer;
import io.tlsrpt.webadmin.http.Parameters;
import io.tlsrpt.webadmin.http.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** Asks for addresses of ours without a server. */
final class Asking {
  private final Site site;

  Asking(FiguresSource source) {
    RunningReceiver receiver = new RunningReceiver();
    receiver.started(source);
    this.site = new Site(receiver);
  }

  private Asking(Site site) {
    this.site = site;
  }

  /** As long as no mailet runs. */
  static Asking withoutReceiver() {
    return new Asking(new Site(new RunningReceiver()));
  }

  /** As a program asks: {@code /tlsrpt/reports?days=7}. */
  Answer get(String address) {
    return answer(address, false);
  }

  /** As a browser asks. */
  Answer browse(String address) {
    return answer(address, true);
  }

  /** As Prometheus asks for metrics, which says in which formats it takes them. */
  Answer scrape(String accept) {
    return site.answer(
        new Request("/tlsrpt/metrics", List.of("metrics"), Parameters.NONE, false, accept));
  }

  /** The page that a browser gets. */
  Document page(String address) {
    Answer answer = browse(address);
    if (!answer.type().equals(Answer.HTML)) {
      throw new AssertionError(answer.toString());
    }
    return Jsoup.parse(answer.body(), "http://127.0.0.1:8000" + address);
  }

  private Answer answer(String address, boolean acceptsHtml) {
    String[] parts = address.split("\\?", 2);
    List<String> segments =
        Arrays.stream(parts[0].split("/"))
            .filter(segment -> !segment.isEmpty())
            .skip(1)
            .map(segment -> URLDecoder.decode(segment, StandardCharsets.UTF_8))
            .toList();
    return site.answer(
        new Request(
            parts[0],
            segments,
            new Parameters(parts.length == 1 ? Map.of() : query(parts[1])),
            acceptsHtml));
  }

  private static Map<String, String> query(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String parameter : query.split("&", -1)) {
      String[] parts = parameter.split("=", 2);
      parameters.putIfAbsent(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return parameters;
  }
}

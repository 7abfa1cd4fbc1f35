// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.pages;

import io.tlsrpt.benchmarks.Timings;
import io.tlsrpt.view.FiguresSource;
import io.tlsrpt.webadmin.RunningReceiver;
import io.tlsrpt.webadmin.Site;
import io.tlsrpt.webadmin.http.Answer;
import io.tlsrpt.webadmin.http.Request;
import io.tlsrpt.webadmin.http.SentAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/**
 * One address as a browser or a program asks for it.
 *
 * @param address with its query
 * @param browser whether it accepts HTML
 */
record PageSample(FiguresSource source, String address, boolean browser) {
  static final String HEAD =
      """
      | address | as | all anew, ms | of the last 5 seconds, ms | KB | compressed, KB |
      |---|---|---|---|---|---|""";

  /** Measures it with figures that are made for it, and with those that are there already. */
  String row() throws Exception {
    Site site = site();
    Timings anew = Timings.of(() -> answer(site()));
    Timings again = Timings.of(() -> answer(site));
    byte[] sent = answer(site).body().getBytes(StandardCharsets.UTF_8);
    return "| `%s` | %s | %s | %s | %.0f | %.0f |"
        .formatted(
            address,
            browser ? "page" : "JSON",
            anew,
            again,
            sent.length / 1e3,
            compressed(sent) / 1e3);
  }

  /** Such as knows no figures yet. */
  private Site site() {
    RunningReceiver receiver = new RunningReceiver();
    receiver.started(source);
    return new Site(receiver);
  }

  private Answer answer(Site site) {
    int query = address.indexOf('?');
    String path = query < 0 ? address : address.substring(0, query);
    Answer answer =
        site.answer(
            new Request(
                path,
                SentAddress.segments(path),
                SentAddress.parameters(query < 0 ? "" : address.substring(query + 1)),
                browser));
    if (answer.status() != Answer.OK) {
      throw new IllegalStateException(address + ": " + answer);
    }
    return answer;
  }

  /** As Spark does it. */
  private static int compressed(byte[] text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text);
    }
    return out.size();
  }
}

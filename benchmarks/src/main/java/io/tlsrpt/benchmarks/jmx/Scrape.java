// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.jmx;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/** What the agent answers to Prometheus, which asks for gzip. */
record Scrape(byte[] compressed) {

  static Scrape of(HttpClient client, int port) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        client.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .header("Accept-Encoding", "gzip")
                .build(),
            BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException("status " + response.statusCode());
    }
    return new Scrape(response.body());
  }

  String text() throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The samples whose names begin like this. */
  static long samples(String text, String prefix) {
    return text.lines().filter(line -> line.startsWith(prefix)).count();
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** The pages of a James, as programs and browsers ask for them. */
record WebPages(int port) {
  static final List<String> BROWSER =
      List.of("Accept", "text/html,application/xml;q=0.9,*/*;q=0.8");
  static final List<String> PROGRAM = List.of("Accept", "*/*");

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  /** The answer, whatever its status. */
  HttpResponse<String> get(String path, List<String> accept, String... headers) {
    return send("GET", path, accept, headers);
  }

  HttpResponse<String> send(String method, String path, List<String> accept, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, BodyPublishers.noBody())
            .headers(accept.toArray(String[]::new))
            .timeout(TIMEOUT);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  static JsonNode json(HttpResponse<String> answer) {
    try {
      return new ObjectMapper().readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

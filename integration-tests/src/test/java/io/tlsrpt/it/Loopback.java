// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** HTTP servers of other processes on this machine. */
final class Loopback {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private Loopback() {}

  /** The body of the answer, whatever its status. */
  static String get(int port, String path) {
    return send("GET", port, path);
  }

  /** The body of the answer to a request without a body, whatever its status. */
  static String send(String method, int port, String path) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                  .method(method, BodyPublishers.noBody())
                  .timeout(TIMEOUT)
                  .build(),
              BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}

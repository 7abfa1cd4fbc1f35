// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.load;

import io.tlsrpt.it.Pace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * People who read pages at the same time, each a page a second.
 *
 * @param port of WebAdmin
 * @param pages that each reads in turn
 */
record PageReaders(int port, List<String> pages) {
  /** Ours. */
  static final List<String> PAGES =
      List.of(
          "/tlsrpt",
          "/tlsrpt/domains/" + LoadMails.domain(0) + "?days=400",
          "/tlsrpt/reports?failing=true",
          "/tlsrpt/receiver");

  /** James' own, which costs next to nothing: what readers cost whatever they read. */
  static final List<String> CHEAP = List.of("/domains/example.com");

  PageReaders {
    pages = List.copyOf(pages);
  }

  /** A page that was read; {@code busy} if too many readings of the database ran. */
  record Page(double millis, boolean busy) {}

  /** Reads for some time: as many pages as there are readers and seconds. */
  List<Page> read(int readers, int seconds) throws InterruptedException, ExecutionException {
    List<Page> read = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, readers))) {
      List<Future<List<Page>>> all = new ArrayList<>();
      for (int reader = 0; reader < readers; reader++) {
        int first = reader;
        all.add(threads.submit(() -> readOn(first, seconds)));
      }
      for (Future<List<Page>> one : all) {
        read.addAll(one.get());
      }
    }
    return read;
  }

  private List<Page> readOn(int first, int seconds) throws IOException, InterruptedException {
    List<Page> read = new ArrayList<>();
    Pace pace = new Pace(1);
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int i = 0; i < seconds; i++) {
        pace.await(i);
        read.add(readOne(client, pages.get((first + i) % pages.size())));
      }
    }
    return read;
  }

  private Page readOne(HttpClient client, String page) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + page))
            .header("Accept", "text/html")
            .header("Accept-Encoding", "gzip")
            .build();
    long begin = System.nanoTime();
    int status = client.send(request, BodyHandlers.discarding()).statusCode();
    double millis = (System.nanoTime() - begin) / 1e6;
    if (status != 200 && status != 204 && status != 503) {
      throw new IOException(page + ": status " + status);
    }
    return new Page(millis, status == 503);
  }
}

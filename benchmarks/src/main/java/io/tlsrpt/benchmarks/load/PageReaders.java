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
 */
record PageReaders(int port) {
  private static final List<String> PAGES =
      List.of(
          "/tlsrpt",
          "/tlsrpt/domains/" + LoadMails.domain(0) + "?days=400",
          "/tlsrpt/reports?failing=true",
          "/tlsrpt/receiver");

  /** A page that was read; {@code busy} if too many readings of the database ran. */
  record Page(double millis, boolean busy) {}

  /** Reads for some time: as many pages as there are readers and seconds. */
  List<Page> read(int readers, int seconds) throws InterruptedException, ExecutionException {
    List<Page> pages = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, readers))) {
      List<Future<List<Page>>> all = new ArrayList<>();
      for (int reader = 0; reader < readers; reader++) {
        int first = reader;
        all.add(threads.submit(() -> readOn(first, seconds)));
      }
      for (Future<List<Page>> one : all) {
        pages.addAll(one.get());
      }
    }
    return pages;
  }

  private List<Page> readOn(int first, int seconds) throws IOException, InterruptedException {
    List<Page> pages = new ArrayList<>();
    Pace pace = new Pace(1);
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int i = 0; i < seconds; i++) {
        pace.await(i);
        pages.add(readOne(client, PAGES.get((first + i) % PAGES.size())));
      }
    }
    return pages;
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
    if (status != 200 && status != 503) {
      throw new IOException(page + ": status " + status);
    }
    return new Page(millis, status == 503);
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.jmx;

import io.tlsrpt.benchmarks.Timings;
import java.io.IOException;

/**
 * How long scrapes took that gave the same.
 *
 * @param bytes of the text
 * @param sent bytes of its gzip
 */
record ScrapeTimings(Timings timings, long samples, long bytes, long sent) {
  private static final String SAMPLES_BEGIN_WITH = "tlsrpt";

  static ScrapeTimings of(Timings timings, Scrape scrape) throws IOException {
    String text = scrape.text();
    return new ScrapeTimings(
        timings,
        Scrape.samples(text, SAMPLES_BEGIN_WITH),
        text.length(),
        scrape.compressed().length);
  }

  @Override
  public String toString() {
    return "%s; %,d samples, %.1f MB (%.2f)".formatted(timings, samples, bytes / 1e6, sent / 1e6);
  }
}

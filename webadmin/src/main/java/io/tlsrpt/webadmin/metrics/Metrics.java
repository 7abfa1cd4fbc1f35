// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.metrics;

import static java.util.Objects.requireNonNull;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.tlsrpt.figures.DomainFigures;
import io.tlsrpt.figures.FiguresRules;
import io.tlsrpt.view.FiguresSource;
import io.tlsrpt.webadmin.metrics.ReceiverMetrics.Shown;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All series of a receiver at one time, in the format that a client asks for. */
public final class Metrics {
  // The library's own choice would first be its binary format, which is not inside our jars.
  private static final ExpositionFormatWriter OPEN_METRICS = OpenMetricsTextFormatWriter.create();
  private static final ExpositionFormatWriter TEXT = PrometheusTextFormatWriter.create();

  private final Supplier<Stream<MetricSnapshot>> metrics;
  private final ExpositionFormatWriter format;

  private Metrics(Supplier<Stream<MetricSnapshot>> metrics, String accept) {
    this.metrics = requireNonNull(metrics, "metrics");
    this.format = OPEN_METRICS.accepts(accept) ? OPEN_METRICS : TEXT;
  }

  /**
   * Takes the figures; writing them takes no others.
   *
   * @param accept the header {@code Accept}, empty if there is none
   */
  public static Metrics of(FiguresSource source, String accept) {
    Instant now = source.now();
    FiguresRules rules = source.rules();
    List<DomainFigures> domains =
        source.domains().stream()
            .map(state -> state.figures(now, rules))
            .sorted(Comparator.comparing(DomainFigures::domain))
            .toList();
    Shown receiver = Shown.of(source, domains.size());
    return new Metrics(
        () -> Stream.concat(ReceiverMetrics.of(receiver), DomainMetrics.of(domains)), accept);
  }

  /**
   * No series, as of a server in which no receiver runs: so Prometheus sees that the server is up,
   * and that the receiver is missing.
   *
   * @param accept the header {@code Accept}, empty if there is none
   */
  public static Metrics none(String accept) {
    return new Metrics(Stream::empty, accept);
  }

  /** The header {@code Content-Type}. */
  public String contentType() {
    return format.getContentType();
  }

  /**
   * Writes metric by metric. At 10,000 domains all of them are 40 MB, and half a million points
   * that the library wants to have at hand.
   */
  public void writeTo(OutputStream out) throws IOException {
    EndedOnce text = new EndedOnce(out);
    for (Iterator<MetricSnapshot> all = metrics.get().iterator(); all.hasNext(); ) {
      format.write(text, MetricSnapshots.of(all.next()));
      text.next();
    }
    format.write(text, MetricSnapshots.of());
    text.end();
  }
}

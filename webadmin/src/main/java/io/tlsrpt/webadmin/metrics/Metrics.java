// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.metrics;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.DomainFigures;
import io.tlsrpt.view.FiguresSource;
import io.tlsrpt.webadmin.metrics.PostureMetrics.Looked;
import io.tlsrpt.webadmin.metrics.ReceiverMetrics.Shown;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** All series of a receiver at one time, in the format that a client asks for. */
public final class Metrics {
  private final Optional<Figures> figures;
  private final TextFormat format;

  /** What is told: all at one time. */
  private record Figures(Shown receiver, List<DomainFigures> domains, Looked looked) {}

  private Metrics(Optional<Figures> figures, String accept) {
    this.figures = requireNonNull(figures, "figures");
    this.format = TextFormat.acceptedBy(accept);
  }

  /**
   * Takes the figures; writing them takes no others.
   *
   * @param accept the header {@code Accept}, empty if there is none
   */
  public static Metrics of(FiguresSource source, String accept) {
    List<DomainFigures> domains =
        source.domains().stream()
            .map(source::figures)
            .sorted(Comparator.comparing(DomainFigures::domain))
            .toList();
    return new Metrics(
        Optional.of(
            new Figures(Shown.of(source, domains.size()), domains, Looked.of(source, domains))),
        accept);
  }

  /**
   * No series, as of a server in which no receiver runs: so Prometheus sees that the server is up,
   * and that the receiver is missing.
   *
   * @param accept the header {@code Accept}, empty if there is none
   */
  public static Metrics none(String accept) {
    return new Metrics(Optional.empty(), accept);
  }

  /** The header {@code Content-Type}. */
  public String contentType() {
    return format.contentType();
  }

  /** Writes series by series: at 10,000 domains all of them are 40 MB. */
  public void writeTo(OutputStream out) throws IOException {
    MetricsText text = new MetricsText(out);
    if (figures.isPresent()) {
      ReceiverMetrics.writeTo(text, format, figures.get().receiver());
      DomainMetrics.writeTo(text, format, figures.get().domains());
      PostureMetrics.writeTo(text, format, figures.get().looked());
    }
    text.octets(format.end()).flush();
  }
}

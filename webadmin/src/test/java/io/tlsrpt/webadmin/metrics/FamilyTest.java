// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.tlsrpt.webadmin.metrics.Family.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Prometheus' own library writes the same of the same metric, to the last octet. */
class FamilyTest {
  private static final ExpositionFormatWriter OPEN_METRICS = OpenMetricsTextFormatWriter.create();
  private static final ExpositionFormatWriter TEXT = PrometheusTextFormatWriter.create();

  @Property(tries = 500)
  void metricShouldBeWrittenAsByTheLibrary(@ForAll("metrics") AnyMetric metric) throws IOException {
    assertThat(ours(metric, TextFormat.OPEN_METRICS)).isEqualTo(theirs(metric, OPEN_METRICS));
    assertThat(ours(metric, TextFormat.PROMETHEUS)).isEqualTo(theirs(metric, TEXT));
  }

  @Example
  void contentTypesShouldBeThoseOfTheLibrary() {
    assertThat(TextFormat.OPEN_METRICS.contentType()).isEqualTo(OPEN_METRICS.getContentType());
    assertThat(TextFormat.PROMETHEUS.contentType()).isEqualTo(TEXT.getContentType());
  }

  @Example
  void helpThatWouldHaveToBeEscapedShouldBeRefused() {
    for (String help : List.of("a \\ b", "a \"b\"", "a\nb")) {
      assertThatThrownBy(() -> Family.gauge("a", help, List.of()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static String ours(AnyMetric metric, TextFormat format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    MetricsText text = new MetricsText(out);
    metric.family().writeTo(text, format, metric.ourSubjects());
    text.octets(format.end()).flush();
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String theirs(AnyMetric metric, ExpositionFormatWriter format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    format.write(out, MetricSnapshots.of(metric.snapshot()));
    return out.toString(StandardCharsets.UTF_8);
  }

  @Provide
  Arbitrary<AnyMetric> metrics() {
    return Combinators.combine(
            Arbitraries.of(Kind.values()),
            Arbitraries.of("Any help.", "Größe in µs, 0 to 1."),
            // The labels of series stand between these.
            Arbitraries.of("domain", "step"),
            labelValues(),
            labelValues(),
            values().list().ofMinSize(1).ofMaxSize(30))
        .as(AnyMetric::new);
  }

  private static Arbitrary<List<String>> labelValues() {
    return Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(8),
            Arbitraries.strings().withChars("a!\"\\\né\u202e\ud800").ofMaxLength(5))
        .list()
        .uniqueElements()
        .ofMaxSize(5);
  }

  private static Arbitrary<Double> values() {
    return Arbitraries.oneOf(
        Arbitraries.longs().between(0, 100_000_000).map(whole -> (double) whole),
        Arbitraries.longs().between(0, 2_000_000_000_000L).map(millis -> millis / 1_000.0),
        Arbitraries.of(-0.0, 9_999_999.0, 1e7, 1e-3, 9e-4, Double.MIN_VALUE, Double.MAX_VALUE),
        Arbitraries.just(Family.ABSENT),
        Arbitraries.doubles().between(0, Double.MAX_VALUE));
  }
}

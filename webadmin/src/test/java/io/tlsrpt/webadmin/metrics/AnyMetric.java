// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.tlsrpt.webadmin.metrics.Family.Kind;
import io.tlsrpt.webadmin.metrics.Family.Series;
import io.tlsrpt.webadmin.metrics.Family.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A metric as we describe it, and as Prometheus' library does.
 *
 * @param subject the name of the subjects' label
 * @param subjects the values of that label; if there are none, the only subject has no label
 * @param series the values of the label {@code policy}; if there are none, the only series has no
 *     label
 * @param values of the series of one subject after the other
 */
record AnyMetric(
    Kind kind,
    String help,
    String subject,
    List<String> subjects,
    List<String> series,
    List<Double> values) {
  private static final String NAME = "tlsrpt_metric";
  private static final String SERIES = "policy";

  /** The figures of a subject are its number. */
  Family<Integer> family() {
    List<Series<Integer>> ours = new ArrayList<>();
    for (int i = 0; i < Math.max(1, series.size()); i++) {
      int one = i;
      ours.add(
          new Series<>(
              series.isEmpty() ? Labels.NONE : Labels.of(SERIES, series.get(i)).and("result", "x"),
              number -> value(number, one)));
    }
    return new Family<>(kind, NAME, help, ours);
  }

  List<Subject<Integer>> ourSubjects() {
    return subjects.isEmpty()
        ? List.of(new Subject<>(Labels.NONE, 0))
        : IntStream.range(0, subjects.size())
            .mapToObj(i -> new Subject<>(Labels.of(subject, subjects.get(i)), i))
            .sorted(Comparator.comparing(Subject::labels))
            .toList();
  }

  MetricSnapshot snapshot() {
    CounterSnapshot.Builder counter = CounterSnapshot.builder().name(NAME).help(help);
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(NAME).help(help);
    for (int i = 0; i < Math.max(1, subjects.size()); i++) {
      for (int j = 0; j < Math.max(1, series.size()); j++) {
        double value = value(i, j);
        if (!Double.isNaN(value)) {
          counter.dataPoint(
              CounterSnapshot.CounterDataPointSnapshot.builder()
                  .labels(theirLabels(i, j))
                  .value(value)
                  .build());
          gauge.dataPoint(
              GaugeSnapshot.GaugeDataPointSnapshot.builder()
                  .labels(theirLabels(i, j))
                  .value(value)
                  .build());
        }
      }
    }
    return kind == Kind.COUNTER ? counter.build() : gauge.build();
  }

  private io.prometheus.metrics.model.snapshots.Labels theirLabels(int one, int other) {
    var labels = io.prometheus.metrics.model.snapshots.Labels.builder();
    if (!subjects.isEmpty()) {
      labels.label(subject, subjects.get(one));
    }
    if (!series.isEmpty()) {
      labels.label(SERIES, series.get(other)).label("result", "x");
    }
    return labels.build();
  }

  private double value(int one, int other) {
    return values.get((one * Math.max(1, series.size()) + other) % values.size());
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.metrics;

import static java.util.Objects.requireNonNull;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A metric, as Prometheus is told of it, and how the values of its series are read from figures.
 *
 * @param name without the ending {@code _total}, which the formats give to counters
 * @param series what each subject has
 * @param <T> the figures of one subject: of a domain, of the receiver, of a step
 */
record Family<T>(Kind kind, String name, String help, List<Series<T>> series) {
  /** The value of a series that is left out. */
  static final double ABSENT = Double.NaN;

  /** How values behave in time. */
  enum Kind {
    /** They only grow. */
    COUNTER,
    /** They rise and fall. */
    GAUGE
  }

  /**
   * One series of each subject.
   *
   * @param labels beside those of the subject
   */
  record Series<T>(Labels labels, ToDoubleFunction<T> value) {
    Series {
      requireNonNull(labels, "labels");
      requireNonNull(value, "value");
    }
  }

  /**
   * Whose figures are told.
   *
   * @param labels that tell it from others
   */
  record Subject<T>(Labels labels, T figures) {
    Subject {
      requireNonNull(labels, "labels");
      requireNonNull(figures, "figures");
    }
  }

  Family {
    requireNonNull(kind, "kind");
    requireNonNull(name, "name");
    requireNonNull(help, "help");
    // The library sorts all points; of those that are in order already it only sees that.
    series = series.stream().sorted(Comparator.comparing(Series::labels)).toList();
  }

  static <T> Family<T> counter(String name, String help, List<Series<T>> series) {
    return new Family<>(Kind.COUNTER, name, help, series);
  }

  static <T> Family<T> gauge(String name, String help, List<Series<T>> series) {
    return new Family<>(Kind.GAUGE, name, help, series);
  }

  /** One series of each subject, without further labels. */
  static <T> Family<T> gauge(String name, String help, ToDoubleFunction<T> value) {
    return gauge(name, help, List.of(new Series<>(Labels.EMPTY, value)));
  }

  /** The metric with all series of all subjects. */
  MetricSnapshot of(List<Subject<T>> subjects) {
    MetricMetadata metadata = new MetricMetadata(name, help);
    return switch (kind) {
      case COUNTER ->
          new CounterSnapshot(
              metadata,
              points(
                  subjects,
                  (value, labels) -> new CounterDataPointSnapshot(value, labels, null, 0)));
      case GAUGE ->
          new GaugeSnapshot(
              metadata,
              points(subjects, (value, labels) -> new GaugeDataPointSnapshot(value, labels, null)));
    };
  }

  /** Makes one point of a series. */
  private interface PointMaker<P> {
    P of(double value, Labels labels);
  }

  private <P> List<P> points(List<Subject<T>> subjects, PointMaker<P> maker) {
    List<P> points = new ArrayList<>(subjects.size() * series.size());
    for (Subject<T> subject : subjects) {
      for (Series<T> one : series) {
        double value = one.value().applyAsDouble(subject.figures());
        if (!Double.isNaN(value)) {
          points.add(maker.of(value, subject.labels().merge(one.labels())));
        }
      }
    }
    return points;
  }
}

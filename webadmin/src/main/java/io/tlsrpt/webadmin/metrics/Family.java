// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * A metric, as Prometheus is told of it, and how the values of its series are read from figures.
 *
 * @param name without the ending of counters
 * @param help one line without backslash or quotation mark, which the formats escape differently
 * @param series what each subject has, all with the same names of labels
 * @param <T> the figures of one subject: of a domain, of the receiver, of a step
 */
record Family<T>(Kind kind, String name, String help, List<Series<T>> series) {
  /** The value of a series that is left out. */
  static final double ABSENT = Double.NaN;

  /** How values behave in time. */
  enum Kind {
    /** They only grow. */
    COUNTER("counter", "_total"),
    /** They rise and fall. */
    GAUGE("gauge", "");

    private final String key;
    private final String ending;

    Kind(String key, String ending) {
      this.key = key;
      this.ending = ending;
    }

    /** As formats call it. */
    String key() {
      return key;
    }

    /** What the name of a series has at its end. */
    String ending() {
      return ending;
    }
  }

  /**
   * One series of each subject.
   *
   * @param labels beside those of the subject
   * @param value a finite number, or {@link #ABSENT}
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
    if (help.chars().anyMatch(c -> c == '\\' || c == '"' || c == '\n')) {
      throw new IllegalArgumentException("the help would have to be escaped");
    }
    series = series.stream().sorted(Comparator.comparing(Series::labels)).toList();
  }

  /** A time as Prometheus has it, or {@link #ABSENT}. */
  static double seconds(Optional<Instant> time) {
    return time.isPresent() ? time.get().toEpochMilli() / 1_000.0 : ABSENT;
  }

  /** 1 for yes, 0 for no, or {@link #ABSENT}. */
  static double perhaps(Optional<Boolean> truth) {
    return truth.isPresent() ? (truth.get() ? 1 : 0) : ABSENT;
  }

  static <T> Family<T> counter(String name, String help, List<Series<T>> series) {
    return new Family<>(Kind.COUNTER, name, help, series);
  }

  static <T> Family<T> gauge(String name, String help, List<Series<T>> series) {
    return new Family<>(Kind.GAUGE, name, help, series);
  }

  /** One series of each subject, without further labels. */
  static <T> Family<T> gauge(String name, String help, ToDoubleFunction<T> value) {
    return gauge(name, help, List.of(new Series<>(Labels.NONE, value)));
  }

  /**
   * Writes all series of all subjects, in the order of their labels; nothing if there are none.
   *
   * @param subjects in the order of their labels, whose names are the same
   */
  void writeTo(MetricsText out, TextFormat format, List<Subject<T>> subjects) throws IOException {
    Lines lines = new Lines(out, format.head(this), (name + kind.ending()).getBytes(UTF_8));
    if (subjects.isEmpty() || series.isEmpty()) {
      return;
    }
    if (subjects.getFirst().labels().areBefore(series.getFirst().labels())) {
      for (Subject<T> subject : subjects) {
        for (Series<T> one : series) {
          lines.add(subject.labels(), one.labels(), one.value().applyAsDouble(subject.figures()));
        }
      }
    } else {
      for (Series<T> one : series) {
        for (Subject<T> subject : subjects) {
          lines.add(one.labels(), subject.labels(), one.value().applyAsDouble(subject.figures()));
        }
      }
    }
  }

  /** The lines of the series, and before the first one the head. */
  private static final class Lines {
    private final MetricsText out;
    private final byte[] head;
    private final byte[] name;
    private boolean begun;

    Lines(MetricsText out, byte[] head, byte[] name) {
      this.out = out;
      this.head = head;
      this.name = name;
    }

    void add(Labels first, Labels second, double value) throws IOException {
      if (Double.isNaN(value)) {
        return;
      }
      if (!begun) {
        out.octets(head);
        begun = true;
      }
      out.octets(name);
      byte[] labels = first.octets();
      byte[] more = second.octets();
      if (labels.length + more.length > 0) {
        out.octet('{').octets(labels);
        if (labels.length > 0 && more.length > 0) {
          out.octet(',');
        }
        out.octets(more).octet('}');
      }
      out.octet(' ').number(value).octet('\n');
    }
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.jmx;

import java.util.Locale;
import java.util.function.Function;

/** A way to show the figures of domains by JMX. */
enum JmxLayout {
  /** Ours. */
  BEANS("io.tlsrpt:*", states -> ExporterBeans.of(ExporterBeans.source(states))),
  /** Ours, and what the checks see. */
  CHECKED("io.tlsrpt:*", states -> ExporterBeans.of(ExporterBeans.lookedAt(states))),
  /** An MBean for each figure. */
  MICROMETER("metrics:*", MicrometerBeans::of);

  private final String pattern;
  private final Function<ScaledStates, Runnable> registration;

  JmxLayout(String pattern, Function<ScaledStates, Runnable> registration) {
    this.pattern = pattern;
    this.registration = registration;
  }

  /** Of the names of all its beans. */
  String pattern() {
    return pattern;
  }

  /**
   * Makes what is no part of the beans; what is returned registers them with the platform's server,
   * and holds all that they need.
   */
  Runnable prepare(ScaledStates states) {
    return registration.apply(states);
  }

  static JmxLayout parse(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The two text formats that Prometheus reads. They differ in what stands before the series of a
 * metric, and in their end; the series themselves look the same.
 */
enum TextFormat {
  /** OpenMetrics 1.0: the ending of a counter belongs to its series only, and a text has an end. */
  OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8", "# EOF\n"),

  /** Prometheus' own, version 0.0.4. */
  PROMETHEUS("text/plain; version=0.0.4; charset=utf-8", "");

  private static final String OPEN_METRICS_TYPE = "application/openmetrics-text";

  private final String contentType;
  private final String end;

  TextFormat(String contentType, String end) {
    this.contentType = contentType;
    this.end = end;
  }

  /**
   * The format that a client gets. Prometheus names OpenMetrics whenever it reads it, and may name
   * first what we do not write.
   *
   * @param accept the header {@code Accept}, empty if there is none
   */
  static TextFormat acceptedBy(String accept) {
    return accept.contains(OPEN_METRICS_TYPE) ? OPEN_METRICS : PROMETHEUS;
  }

  /** The header {@code Content-Type}. */
  String contentType() {
    return contentType;
  }

  /** What stands before the series of a metric. */
  byte[] head(Family<?> metric) {
    String head =
        switch (this) {
          case OPEN_METRICS ->
              "# TYPE %1$s %2$s\n# HELP %1$s %3$s\n"
                  .formatted(metric.name(), metric.kind().key(), metric.help());
          case PROMETHEUS ->
              "# HELP %1$s %3$s\n# TYPE %1$s %2$s\n"
                  .formatted(
                      metric.name() + metric.kind().ending(), metric.kind().key(), metric.help());
        };
    return head.getBytes(UTF_8);
  }

  /** What stands at the end of all. */
  byte[] end() {
    return end.getBytes(UTF_8);
  }
}

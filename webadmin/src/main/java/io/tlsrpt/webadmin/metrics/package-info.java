// SPDX-License-Identifier: Apache-2.0

/**
 * The figures as metrics for Prometheus: the series that the rules in conf/prometheus/ make of the
 * beans, without the beans. Start at {@link io.tlsrpt.webadmin.metrics.Metrics}.
 */
@NullMarked
package io.tlsrpt.webadmin.metrics;

import org.jspecify.annotations.NullMarked;

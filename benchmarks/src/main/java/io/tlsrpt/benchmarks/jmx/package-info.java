// SPDX-License-Identifier: Apache-2.0

/** What a scrape of many domains costs, by JMX beans of several layouts and by the pages. */
@NullMarked
package io.tlsrpt.benchmarks.jmx;

import org.jspecify.annotations.NullMarked;

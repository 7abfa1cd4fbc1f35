// SPDX-License-Identifier: Apache-2.0

/** What the store costs: a commit, several nodes, a poll, a purge, a start with many reports. */
@NullMarked
package io.tlsrpt.benchmarks.store;

import org.jspecify.annotations.NullMarked;

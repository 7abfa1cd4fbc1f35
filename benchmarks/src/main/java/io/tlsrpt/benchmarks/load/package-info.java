// SPDX-License-Identifier: Apache-2.0

/** Load on a real James: what a mail costs, what it costs others, and what it leaves behind. */
package io.tlsrpt.benchmarks.load;

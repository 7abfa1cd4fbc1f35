// SPDX-License-Identifier: Apache-2.0

/** The pages of large installations, without the server that sends them. */
@NullMarked
package io.tlsrpt.benchmarks.pages;

import org.jspecify.annotations.NullMarked;

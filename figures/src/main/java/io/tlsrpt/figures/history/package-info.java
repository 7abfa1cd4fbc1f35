// SPDX-License-Identifier: Apache-2.0

/**
 * Questions about the stored reports. Start at {@link io.tlsrpt.figures.history.ReportHistory},
 * which a store implements.
 */
@NullMarked
package io.tlsrpt.figures.history;

import org.jspecify.annotations.NullMarked;

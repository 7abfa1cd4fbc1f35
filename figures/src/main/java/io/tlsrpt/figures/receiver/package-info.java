// SPDX-License-Identifier: Apache-2.0

/**
 * What becomes of reports, and the receiver's own counts. Start at {@link
 * io.tlsrpt.figures.receiver.ReceiverState}.
 */
@NullMarked
package io.tlsrpt.figures.receiver;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0

/**
 * A receiver of TLS reports, without a mail server and without JMX. Start at {@link
 * io.tlsrpt.receiver.TlsReportReceiver}, which puts all parts together and is the door: it takes
 * octets and a time of receipt. What it needs of its surroundings is in {@code port}.
 *
 * <p>Mails are judged on the threads that bring them. Beside these there are one thread for
 * housekeeping, one that tells listeners what has begun and ended, and those that judge waiting
 * mails again.
 */
@NullMarked
package io.tlsrpt.receiver;

import org.jspecify.annotations.NullMarked;

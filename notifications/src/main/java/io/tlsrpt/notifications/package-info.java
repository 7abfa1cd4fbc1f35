// SPDX-License-Identifier: Apache-2.0

/**
 * Tells administrators by mail: from events and figures to what is due, and from what is due to
 * texts. Time is an argument, and the mails go to an {@link io.tlsrpt.notifications.Outbox}, so no
 * mail server is known here. Start at {@link io.tlsrpt.notifications.Notifier}.
 */
@NullMarked
package io.tlsrpt.notifications;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0

/**
 * Keeps mails that cannot be judged now on disk, and has them judged again later. Start at {@link
 * io.tlsrpt.receiver.deferral.DeferralQueue}, which the server's threads and its own use at once.
 * It knows nothing of reports: a {@link io.tlsrpt.receiver.deferral.RetryHandler} judges the mails.
 */
@NullMarked
package io.tlsrpt.receiver.deferral;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0

/**
 * Mails that cannot be judged now: kept on disk and judged again later. Start at {@link
 * io.tlsrpt.receiver.deferral.DeferralQueue}, which threads of the server and its own use at once;
 * it knows nothing of reports, and asks whoever opened it to judge.
 */
@NullMarked
package io.tlsrpt.receiver.deferral;

import org.jspecify.annotations.NullMarked;

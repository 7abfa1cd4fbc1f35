// SPDX-License-Identifier: Apache-2.0

/** Mails that cannot be judged now: kept on disk and judged again later. */
@NullMarked
package io.tlsrpt.mailet.deferral;

import org.jspecify.annotations.NullMarked;

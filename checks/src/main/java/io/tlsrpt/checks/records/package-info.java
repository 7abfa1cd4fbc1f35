// SPDX-License-Identifier: Apache-2.0

/**
 * Readers of what domains publish: the TLS-RPT record, the MTA-STS record and policy, TLSA records,
 * and names as certificates and policies write them. Pure: text in, values out, no network, and no
 * exception whatever the text. Where senders differ, the lenient reading counts: a false alarm
 * costs more than a late one.
 */
@NullMarked
package io.tlsrpt.checks.records;

import org.jspecify.annotations.NullMarked;

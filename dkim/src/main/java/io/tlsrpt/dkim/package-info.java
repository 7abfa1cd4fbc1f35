// SPDX-License-Identifier: Apache-2.0

/**
 * Who answers for a mail: DKIM (RFC 6376) under the conditions of TLS reports (RFC 8460 §3), or the
 * word of a trusted gateway (RFC 8601).
 */
@NullMarked
package io.tlsrpt.dkim;

import org.jspecify.annotations.NullMarked;

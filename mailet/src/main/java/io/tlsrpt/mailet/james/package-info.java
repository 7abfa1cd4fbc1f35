// SPDX-License-Identifier: Apache-2.0

/**
 * What a receiver needs of James, behind the receiver's own ports: the octets of a mail, the list
 * of served domains, the way by which mails leave.
 */
@NullMarked
package io.tlsrpt.mailet.james;

import org.jspecify.annotations.NullMarked;

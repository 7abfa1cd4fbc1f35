// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.dns;

import io.tlsrpt.checks.records.TlsaRecord;
import io.tlsrpt.report.DomainName;

/**
 * The TLSA records of an MX host.
 *
 * @param base the name below which they are: the host's, or the one that it is an alias of (RFC
 *     7672 §2.2.3); with usage 2 the certificate may name it
 */
public record TlsaAnswer(DomainName base, Answer<TlsaRecord> records) {}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.intake;

import io.tlsrpt.figures.ReceivedReport;
import io.tlsrpt.figures.ReportIdentity;
import io.tlsrpt.report.Deviations;
import io.tlsrpt.report.DomainName;
import java.util.Optional;

/**
 * A report that has been read.
 *
 * @param headerDomain the domain that the mail's signed header names, for entries that name none
 * @param headerIsUnsigned whether the header names a domain that no signature covers
 * @param size of its JSON, in bytes
 */
record ReadReport(
    ReceivedReport received,
    ReportIdentity identity,
    Deviations deviations,
    Optional<DomainName> headerDomain,
    boolean headerIsUnsigned,
    long size) {}

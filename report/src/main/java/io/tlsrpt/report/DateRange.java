// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * What a report covers: usually one UTC day, ending at 23:59:59 or at the next midnight.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8460#section-4.1">RFC 8460, 4.1</a>
 */
public record DateRange(Instant startDatetime, Instant endDatetime) {
  public DateRange {
    requireNonNull(startDatetime, "startDatetime");
    requireNonNull(endDatetime, "endDatetime");
  }

  /** The UTC day on which the range starts: the day its sessions are attributed to. */
  public LocalDate day() {
    return startDatetime.atOffset(ZoneOffset.UTC).toLocalDate();
  }
}

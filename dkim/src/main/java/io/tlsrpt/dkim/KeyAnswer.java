// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import static java.util.Objects.requireNonNull;

/** What the DNS says of a key. */
sealed interface KeyAnswer {
  /** A key record; whether it may be used is for others to say. */
  record Found(ReportKey key) implements KeyAnswer {
    public Found {
      requireNonNull(key, "key");
    }
  }

  /** Text records, none of which is a key. */
  record Unreadable() implements KeyAnswer {}

  /** There is no such name, or no text under it; final. */
  record Absent() implements KeyAnswer {}

  /** No answer that could be relied on; there may be one later. */
  record Unavailable(String why) implements KeyAnswer {}
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet.dkim;

import java.util.List;

/** What the DNS says of a key. */
sealed interface KeyAnswer {
  /**
   * Text records; which of them is a key, if any, is for others to say.
   *
   * @param records at least one
   */
  record Found(List<String> records) implements KeyAnswer {
    public Found {
      records = List.copyOf(records);
    }
  }

  /** There is no such name, or no text under it; final. */
  record Absent() implements KeyAnswer {}

  /** No answer that could be relied on; there may be one later. */
  record Unavailable(String why) implements KeyAnswer {}
}

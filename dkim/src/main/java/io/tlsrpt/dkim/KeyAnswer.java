// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import java.util.List;

/** What the DNS says of a key. */
sealed interface KeyAnswer {
  /** Key records, at least one; whether they may be used is not checked yet. */
  record Found(List<KeyRecord> keys) implements KeyAnswer {
    public Found {
      keys = List.copyOf(keys);
    }
  }

  /** Text records, none of which is a key. */
  record Unreadable() implements KeyAnswer {}

  /** There is no such name, or no text under it; final. */
  record Absent() implements KeyAnswer {}

  /**
   * No answer that could be relied on; there may be one later.
   *
   * @param asked whether the DNS was asked; if not, our own limits are why there is no answer
   */
  record Unavailable(String why, boolean asked) implements KeyAnswer {
    /** The DNS gave none. */
    static Unavailable unanswered(String why) {
      return new Unavailable(why, true);
    }

    /** The DNS was not asked, or nobody waited for what it says. */
    static Unavailable unasked(String why) {
      return new Unavailable(why, false);
    }
  }
}

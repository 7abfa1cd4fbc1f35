// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dns;

/** Answers for tests: the address of a host. */
sealed interface Address {
  Address ABSENT = new Absent();

  record Found(String text) implements Address {}

  record Absent() implements Address {}

  record Unavailable(String why, boolean asked) implements Address {}

  static Address found(String text) {
    return new Found(text);
  }

  /** The DNS gave no answer. */
  static Address unanswered(String why) {
    return new Unavailable(why, true);
  }

  /** The DNS was not asked, or nobody waited for what it says. */
  static Address unasked(String why) {
    return new Unavailable(why, false);
  }
}

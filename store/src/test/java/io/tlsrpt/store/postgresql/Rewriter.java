// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import java.util.List;

/**
 * Replaces texts in a stream of octets, each by another of the same length, so that the messages
 * around them stay whole. For one thread at a time.
 */
final class Rewriter {
  private final List<Rule> rules;

  /** The end of what has come: it may be the beginning of a text. */
  private String held = "";

  Rewriter(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  /** What is replaced by what. */
  record Rule(String text, String by) {
    Rule {
      if (text.length() != by.length()) {
        throw new IllegalArgumentException("the lengths differ");
      }
    }

    /** How much of the end of something may be the beginning of the text. */
    private int beginsAtTheEndOf(String something) {
      int length = Math.min(text.length() - 1, something.length());
      while (!something.endsWith(text.substring(0, length))) {
        length--;
      }
      return length;
    }
  }

  /** Takes a piece of the stream, an octet in each char; gives what can be passed on of all. */
  String pass(String piece) {
    String all = held + piece;
    int kept = 0;
    for (Rule rule : rules) {
      all = all.replace(rule.text(), rule.by());
      kept = Math.max(kept, rule.beginsAtTheEndOf(all));
    }
    held = all.substring(all.length() - kept);
    return all.substring(0, all.length() - kept);
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import io.tlsrpt.dkim.Authenticity.Authenticated;
import io.tlsrpt.dkim.Authenticity.Unauthenticated;
import io.tlsrpt.dkim.Authenticity.Undecided;
import io.tlsrpt.figures.RejectionReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is wrong with each signature of a mail; the one that came nearest stands for all. */
final class Findings {
  private final List<Authenticity> all = new ArrayList<>();

  void add(Authenticity finding) {
    all.add(finding);
  }

  /** One of the weightiest, the first. */
  Authenticity weightiest() {
    return all.stream()
        .max(Comparator.comparingInt(Findings::weight))
        .orElseThrow(() -> new IllegalStateException("no signature was judged"));
  }

  private static int weight(Authenticity finding) {
    return switch (finding) {
      case Authenticated authenticated -> 5;
      case Undecided undecided -> 4;
      case Unauthenticated(RejectionReason reason, String detail) ->
          switch (reason) {
            case DKIM_SERVICE -> 3;
            case DKIM_LENGTH_TAG -> 2;
            case DKIM_FAILED -> 1;
            default -> 0;
          };
    };
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.records;

import io.tlsrpt.report.PlainText;

/** What an owner published, as far as a finding has room for it. */
final class Quote {
  private static final int MAX_LENGTH = 120;

  private Quote() {}

  static String of(String written) {
    return PlainText.of(written, MAX_LENGTH);
  }
}

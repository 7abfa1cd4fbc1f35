// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim.peers;

import io.tlsrpt.testing.DkimKey;

/** The keys of all mails. They are new in each run: a seed repeats everything except the keys. */
record Keys(DkimKey rsa1024, DkimKey rsa2048, DkimKey ed25519) {
  static final String DOMAIN = "reporter.example";
  static final String SELECTOR = "s1";

  static Keys generate() {
    return new Keys(DkimKey.rsa(1024), DkimKey.rsa(2048), DkimKey.ed25519());
  }

  DkimKey of(Plan plan) {
    return plan.ed25519() ? ed25519 : plan.longKey() ? rsa2048 : rsa1024;
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim.peers;

/** One mail for all to judge. */
record Case(long seed, String signer, Change change, Signed signed) {
  String description() {
    return "seed "
        + seed
        + ", signed by "
        + signer
        + ", changed: "
        + change
        + ", key "
        + signed.keyRecord()
        + "\n"
        + signed
            .mail()
            .text()
            .replace("\\", "\\\\")
            .replace("\t", "\\t")
            .replace("\r\n", "\\r\\n\n");
  }
}

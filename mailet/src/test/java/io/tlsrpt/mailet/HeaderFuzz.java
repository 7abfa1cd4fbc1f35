// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

/**
 * A target for coverage-guided fuzzing: any octets as a mail, whose header we, Jakarta Mail and
 * mime4j must read alike unless we refuse it. See CONTRIBUTING.md for how to run it.
 */
public final class HeaderFuzz {
  private HeaderFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] data) {
    HeaderPeers.agree(data);
  }
}

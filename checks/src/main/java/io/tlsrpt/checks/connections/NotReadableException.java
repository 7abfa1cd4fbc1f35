// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.connections;

import java.io.IOException;

/** What a host sent follows no rule, or goes beyond a limit; its message is for people. */
final class NotReadableException extends IOException {
  private static final long serialVersionUID = 1;

  NotReadableException(String words) {
    super(words);
  }
}

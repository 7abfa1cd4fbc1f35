// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.deferral;

import java.io.IOException;

/** The content of a file is not what was written into it. */
final class BrokenFileException extends IOException {
  private static final long serialVersionUID = 1;

  BrokenFileException(String message) {
    super(message);
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.posture;

/** A look was asked for by hand too soon after the last one. */
public final class LookRefusedException extends Exception {
  private static final long serialVersionUID = 1;

  /** Says in words when to ask again. */
  public LookRefusedException(String message) {
    super(message);
  }
}

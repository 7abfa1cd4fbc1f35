// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet.deferral;

/** A mail as it lies on disk. */
final class DeferredMail {
  private final Ticket ticket;
  private final byte[] bytes;

  DeferredMail(Ticket ticket, byte[] bytes) {
    this.ticket = ticket;
    this.bytes = bytes;
  }

  Ticket ticket() {
    return ticket;
  }

  byte[] bytes() {
    return bytes;
  }
}

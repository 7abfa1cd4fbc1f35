// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static java.util.Objects.requireNonNull;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.SharedByteArrayInputStream;
import java.util.Properties;

/** A mail as it was received: its bytes and its arrival. Needs no server to be read again. */
final class Envelope {
  private final Arrival arrival;
  private final byte[] bytes;

  /**
   * Takes a mail.
   *
   * @param bytes not copied
   */
  Envelope(Arrival arrival, byte[] bytes) {
    this.arrival = requireNonNull(arrival, "arrival");
    this.bytes = requireNonNull(bytes, "bytes");
  }

  Arrival arrival() {
    return arrival;
  }

  int size() {
    return bytes.length;
  }

  /** Parts of the message share these bytes: reading copies none of them. */
  MimeMessage message() throws MessagingException {
    return new MimeMessage(
        Session.getInstance(new Properties()), new SharedByteArrayInputStream(bytes));
  }
}

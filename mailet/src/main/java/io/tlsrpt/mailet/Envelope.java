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
  /** Costs a third of a mail's whole way when made for each; nothing in it is ever changed. */
  private static final Session SESSION = Session.getInstance(new Properties());

  private final Arrival arrival;
  private final byte[] bytes;
  private final int size;

  /**
   * Takes a mail.
   *
   * @param bytes not copied
   * @param size how many of them are the mail
   */
  Envelope(Arrival arrival, byte[] bytes, int size) {
    this.arrival = requireNonNull(arrival, "arrival");
    this.bytes = requireNonNull(bytes, "bytes");
    this.size = size;
  }

  Arrival arrival() {
    return arrival;
  }

  int size() {
    return size;
  }

  /** Parts of the message share these bytes: reading copies none of them. */
  MimeMessage message() throws MessagingException {
    return new MimeMessage(SESSION, new SharedByteArrayInputStream(bytes, 0, size));
  }
}

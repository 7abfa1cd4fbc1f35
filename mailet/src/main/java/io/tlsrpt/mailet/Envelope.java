// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.mailet.dkim.RawMail;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.SharedByteArrayInputStream;
import java.util.Optional;
import java.util.Properties;

/**
 * A mail as it was received: its bytes, its arrival, and who answers for it if that was found out
 * before. Needs no server to be judged.
 */
final class Envelope {
  /** Costs a third of a mail's whole way when made for each; nothing in it is ever changed. */
  private static final Session SESSION = Session.getInstance(new Properties());

  private final Arrival arrival;
  private final byte[] bytes;
  private final int size;
  private final Optional<String> reporter;

  /**
   * Takes a mail.
   *
   * @param bytes not copied
   * @param size how many of them are the mail
   */
  Envelope(Arrival arrival, byte[] bytes, int size, Optional<String> reporter) {
    this.arrival = requireNonNull(arrival, "arrival");
    this.bytes = requireNonNull(bytes, "bytes");
    this.size = size;
    this.reporter = requireNonNull(reporter, "reporter");
  }

  Arrival arrival() {
    return arrival;
  }

  /** Not to be changed; only the first {@link #size} of them are the mail. */
  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  Optional<String> reporter() {
    return reporter;
  }

  /** Parts of the message share these bytes: reading copies none of them. */
  MimeMessage message() throws MessagingException {
    return new MimeMessage(SESSION, new SharedByteArrayInputStream(bytes, 0, size));
  }

  /** The mail as its signatures see it. */
  RawMail raw() {
    return RawMail.of(bytes, size);
  }
}

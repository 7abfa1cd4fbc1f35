// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.dkim.Caller;
import io.tlsrpt.dkim.RawMail;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
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
  private final Caller caller;
  private final Optional<String> reporter;

  private Envelope(
      Arrival arrival, byte[] bytes, int size, Caller caller, Optional<String> reporter) {
    this.arrival = requireNonNull(arrival, "arrival");
    this.bytes = requireNonNull(bytes, "bytes");
    this.size = size;
    this.caller = caller;
    this.reporter = requireNonNull(reporter, "reporter");
  }

  /**
   * A mail that the server hands over.
   *
   * @param bytes not copied
   * @param size how many of them are the mail
   */
  static Envelope fromServer(Arrival arrival, byte[] bytes, int size) {
    return new Envelope(arrival, bytes, size, Caller.SERVER, Optional.empty());
  }

  /**
   * A mail that has waited.
   *
   * @param bytes not copied
   * @param reporter who answers for it, if that was found out before
   */
  static Envelope fromWait(Arrival arrival, byte[] bytes, Optional<String> reporter) {
    return new Envelope(arrival, bytes, bytes.length, Caller.RETRY, reporter);
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

  /** Who waits for what the mail needs. */
  Caller caller() {
    return caller;
  }

  Optional<String> reporter() {
    return reporter;
  }

  /** Parts of the message share these bytes: reading copies none of them. */
  MimeMessage message() throws MessagingException {
    return new MimeMessage(SESSION, new MailBytes(bytes, 0, size));
  }

  /** The mail as its signatures see it. */
  RawMail raw() {
    return RawMail.of(bytes, size);
  }
}

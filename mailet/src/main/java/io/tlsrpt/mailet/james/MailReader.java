// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet.james;

import io.tlsrpt.figures.receiver.RejectionReason;
import io.tlsrpt.figures.receiver.ReportOutcome.Rejected;
import io.tlsrpt.message.RawMail;
import io.tlsrpt.receiver.intake.Checked;
import io.tlsrpt.receiver.intake.Checked.Failed;
import io.tlsrpt.receiver.intake.Checked.Passed;
import jakarta.mail.MessagingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.mailet.Mail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the bytes of a mail from the server, at most {@code maxMessageSize}. */
public final class MailReader {
  private static final Logger LOGGER = LoggerFactory.getLogger(MailReader.class);

  private final int maxMessageSize;

  public MailReader(long maxMessageSize) {
    this.maxMessageSize = Math.toIntExact(maxMessageSize);
  }

  /**
   * Reads a mail.
   *
   * @throws NotJudgedException if the server cannot give it now
   */
  public Checked<RawMail, Rejected> read(Mail mail, String name) throws NotJudgedException {
    try {
      long size = mail.getMessageSize();
      if (size > maxMessageSize) {
        return tooLarge();
      }
      Bytes bytes = new Bytes((int) Math.max(size, 1024), maxMessageSize);
      MailOctets.write(mail.getMessage(), bytes);
      RawMail written = bytes.toMail();
      RawMail received =
          MailOctets.mayHaveLost(written) ? MailOctets.restored(written, mail) : written;
      return new Passed<>(received);
    } catch (TooLargeException e) {
      return tooLarge();
    } catch (MessagingException | IOException | RuntimeException | OutOfMemoryError e) {
      // The server keeps bodies in stores of its own, which may fail for a while: try again later.
      throw new NotJudgedException("mail " + name + " cannot be read from the server: " + e, e);
    } catch (Error e) {
      // Perhaps another version of the server lacks a method: trying again would not help.
      LOGGER.error("Mail {} cannot be read from the server", name, e);
      return new Failed<>(
          new Rejected(RejectionReason.INTERNAL, "the mail cannot be read from the server"));
    }
  }

  private Checked<RawMail, Rejected> tooLarge() {
    return new Failed<>(
        new Rejected(
            RejectionReason.MESSAGE_TOO_LARGE,
            "more than maxMessageSize = " + maxMessageSize + " bytes"));
  }

  /** A bounded buffer, since the size that a server states is only an estimate. */
  private static final class Bytes extends ByteArrayOutputStream {
    private final int limit;

    Bytes(int expected, int limit) {
      super(expected);
      this.limit = limit;
    }

    @Override
    public synchronized void write(int b) {
      check(1);
      super.write(b);
    }

    @Override
    public synchronized void write(byte[] buffer, int offset, int length) {
      check(length);
      super.write(buffer, offset, length);
    }

    RawMail toMail() {
      return RawMail.of(buf, count);
    }

    private void check(int more) {
      if (more > limit - count) {
        throw new TooLargeException();
      }
    }
  }

  private static final class TooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /**
   * A mail can be neither judged nor deferred, for a cause outside the mail: a store is out of
   * reach, the disk is full, or memory is short. The server has to keep the mail, without a
   * verdict.
   */
  public static final class NotJudgedException extends MessagingException {
    private static final long serialVersionUID = 1;

    public NotJudgedException(String message, Throwable cause) {
      super(message, cause instanceof Exception e ? e : new IllegalStateException(cause));
    }
  }
}

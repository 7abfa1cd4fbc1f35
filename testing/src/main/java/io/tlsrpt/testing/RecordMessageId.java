// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;

/**
 * Appends the Message-ID of each mail it sees to the file of its parameter {@code file}, a line
 * each, written through: what stands there has passed the mailets before this one, whatever ends
 * the process. Mails pass it untouched. May be used by many threads at once.
 */
public final class RecordMessageId extends GenericMailet {

  @Override
  public void service(Mail mail) {
    append(messageId(mail) + "\n");
  }

  /** By reflection: James 3.8 and 3.9 differ in the package of the mail API. */
  private static String messageId(Mail mail) {
    try {
      Object message = Mail.class.getMethod("getMessage").invoke(mail);
      return String.valueOf(message.getClass().getMethod("getMessageID").invoke(message));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One write for a line. */
  private synchronized void append(String line) {
    try (FileChannel file =
        FileChannel.open(
            Path.of(getInitParameter("file")),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.APPEND,
            StandardOpenOption.SYNC)) {
      file.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;

/**
 * Appends the time at which it sees a mail to the file of its parameter {@code file}, a line each:
 * microseconds since 1970, in the order of the mails. Mails pass it untouched. May be used by many
 * threads at once.
 */
public final class RecordTime extends GenericMailet {

  @Override
  public void service(Mail mail) {
    append(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) + "\n");
  }

  private synchronized void append(String line) {
    try {
      Files.write(
          Path.of(getInitParameter("file")),
          line.getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

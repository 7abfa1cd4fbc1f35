// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.imports;

import io.tlsrpt.message.RawMail;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A mail in a file.
 *
 * @param start where it begins in the file, in octets
 * @param length in octets, as it is in the file
 * @param isQuoted whether lines that begin with From have a {@code >} before them
 */
record ArchivedMail(Path file, long start, long length, boolean isQuoted, Instant receipt) {
  /** What its mail is called in messages. */
  String name() {
    return start == 0 ? file.toString() : file + " at octet " + start;
  }

  /** Reads it, or the first octets of it. */
  RawMail read(long atMost) throws IOException {
    byte[] octets = new byte[Math.toIntExact(Math.min(length, atMost))];
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      in.seek(start);
      in.readFully(octets);
    }
    return isQuoted ? unquoted(octets) : RawMail.of(octets, octets.length);
  }

  /** Removes a {@code >} from each line that begins with any number of them and From. */
  private static RawMail unquoted(byte[] octets) {
    byte[] mail = new byte[octets.length];
    int size = 0;
    boolean atLineStart = true;
    for (int i = 0; i < octets.length; i++) {
      if (!(atLineStart && isQuotedFrom(octets, i))) {
        mail[size++] = octets[i];
      }
      atLineStart = octets[i] == '\n';
    }
    return RawMail.of(mail, size);
  }

  private static boolean isQuotedFrom(byte[] octets, int start) {
    int at = start;
    while (at < octets.length && octets[at] == '>') {
      at++;
    }
    return at > start && MailFiles.isFrom(octets, at, octets.length);
  }
}

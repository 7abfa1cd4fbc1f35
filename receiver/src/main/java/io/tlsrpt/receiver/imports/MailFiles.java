// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.imports;

import io.tlsrpt.message.Header;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds the mails of files: one in an {@code .eml} file, many in an mbox file, which begins with
 * {@code From}, and one in each file of a Maildir. Reads only their headers.
 */
final class MailFiles {
  /** Enough for the fields that tell the receipt, which are at the top. */
  private static final long OCTETS_OF_A_HEADER = 1 << 16;

  private static final byte[] FROM = {'F', 'r', 'o', 'm', ' '};
  private static final List<String> OF_A_MAILDIR = List.of("cur", "new");

  private final Instant now;
  private final List<ArchivedMail> mails = new ArrayList<>();

  private MailFiles(Instant now) {
    this.now = now;
  }

  /**
   * All mails in order of receipt.
   *
   * @param now no mail was received later
   */
  static List<ArchivedMail> in(List<Path> sources, Instant now) throws IOException {
    MailFiles found = new MailFiles(now);
    for (Path source : sources) {
      if (Files.isDirectory(source)) {
        found.addMaildir(source);
      } else {
        found.addFile(source);
      }
    }
    return found.mails.stream().sorted(Comparator.comparing(ArchivedMail::receipt)).toList();
  }

  private void addMaildir(Path directory) throws IOException {
    boolean isMaildir = false;
    for (String part : OF_A_MAILDIR) {
      Path folder = directory.resolve(part);
      if (Files.isDirectory(folder)) {
        isMaildir = true;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, Files::isRegularFile)) {
          for (Path file : files) {
            add(file, 0, Files.size(file), false);
          }
        }
      }
    }
    if (!isMaildir) {
      throw new IOException(directory + " is no Maildir: it has neither cur nor new");
    }
  }

  private void addFile(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + ": there is no such file");
    }
    if (isMbox(file)) {
      addMbox(file);
    } else {
      add(file, 0, Files.size(file), false);
    }
  }

  private static boolean isMbox(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] first = in.readNBytes(FROM.length);
      return isFrom(first, 0, first.length);
    }
  }

  /** Whether octets are those that begin a mail of an mbox file. */
  static boolean isFrom(byte[] octets, int start, int end) {
    if (end - start < FROM.length) {
      return false;
    }
    for (int i = 0; i < FROM.length; i++) {
      if (octets[start + i] != FROM[i]) {
        return false;
      }
    }
    return true;
  }

  /** A mail begins after a line of {@code From} that is the first or comes after an empty line. */
  private void addMbox(Path file) throws IOException {
    long start = -1;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      boolean afterEmpty = true;
      Line line = Line.read(in, 0);
      while (line.length() > 0) {
        if (afterEmpty && line.isFrom()) {
          addUpTo(file, start, line.start());
          start = line.start() + line.length();
        }
        afterEmpty = line.isEmpty();
        line = Line.read(in, line.start() + line.length());
      }
      addUpTo(file, start, line.start());
    }
  }

  private void addUpTo(Path file, long start, long end) throws IOException {
    if (start >= 0 && end > start) {
      add(file, start, end - start, true);
    }
  }

  private void add(Path file, long start, long length, boolean isQuoted) throws IOException {
    ArchivedMail mail = new ArchivedMail(file, start, length, isQuoted, now);
    Header header = mail.read(OCTETS_OF_A_HEADER).header();
    Optional<Instant> stated = ReceiptDate.of(header);
    Instant receipt =
        stated.isPresent() ? stated.get() : Files.getLastModifiedTime(file).toInstant();
    mails.add(
        new ArchivedMail(file, start, length, isQuoted, receipt.isAfter(now) ? now : receipt));
  }

  /** A line of a file: where it is, and whether it begins as the first line of a mail does. */
  private record Line(long start, long length, boolean isFrom, boolean isEmpty) {
    static Line read(InputStream in, long start) throws IOException {
      byte[] beginning = new byte[FROM.length];
      long length = 0;
      boolean isEmpty = true;
      for (int octet = in.read(); octet >= 0; octet = in.read()) {
        if (length < beginning.length) {
          beginning[(int) length] = (byte) octet;
        }
        length++;
        if (octet == '\n') {
          break;
        }
        isEmpty &= octet == '\r';
      }
      return new Line(start, length, MailFiles.isFrom(beginning, 0, beginning.length), isEmpty);
    }
  }
}

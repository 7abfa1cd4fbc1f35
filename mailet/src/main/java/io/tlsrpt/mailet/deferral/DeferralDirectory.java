// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet.deferral;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of the mails that wait: each is named by the SHA-256 of its mail, and is there whole or
 * not at all, whatever ends the process or the machine.
 */
final class DeferralDirectory {
  private static final Logger LOGGER = LoggerFactory.getLogger(DeferralDirectory.class);

  private static final String MAIL = ".mail";
  private static final String UNFINISHED = ".tmp";
  private static final String BROKEN = ".broken";

  private final Path directory;

  DeferralDirectory(Path directory) {
    this.directory = directory;
  }

  /** Writes a mail, or its ticket anew. */
  void write(MailDigest digest, Ticket ticket, byte[] bytes, int size) throws IOException {
    Files.createDirectories(directory);
    Path unfinished = Files.createTempFile(directory, digest.hex(), UNFINISHED);
    try {
      try (FileChannel out = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
        writeAll(out, ByteBuffer.wrap(TicketFormat.write(ticket)));
        writeAll(out, ByteBuffer.wrap(bytes, 0, size));
        out.force(true);
      }
      Files.move(
          unfinished,
          file(digest),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(unfinished);
      throw e;
    }
  }

  private static void writeAll(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  /**
   * Reads a mail.
   *
   * @throws BrokenFileException if the file is not what was once written
   */
  DeferredMail read(MailDigest digest) throws IOException {
    DeferredMail mail = TicketFormat.read(Files.readAllBytes(file(digest)));
    if (!MailDigest.of(mail.bytes(), mail.bytes().length).equals(digest)) {
      throw new BrokenFileException("the mail in it is not the one of its name");
    }
    return mail;
  }

  void delete(MailDigest digest) throws IOException {
    Files.deleteIfExists(file(digest));
  }

  /** Puts a file that cannot be read where an administrator finds it, and nobody else does. */
  void setAside(MailDigest digest) throws IOException {
    Path file = file(digest);
    Path aside = directory.resolve(digest.hex() + BROKEN);
    Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
    LOGGER.error("{} is no deferred mail any more; it is kept as {}", file, aside);
  }

  /** The mails that wait. What an earlier process could not finish is deleted. */
  List<MailDigest> mails() throws IOException {
    List<MailDigest> mails = new ArrayList<>();
    if (!Files.isDirectory(directory)) {
      return mails;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (name.endsWith(UNFINISHED)) {
          Files.delete(file);
        } else if (name.endsWith(MAIL)) {
          MailDigest.parse(name.substring(0, name.length() - MAIL.length())).ifPresent(mails::add);
        }
      }
    }
    return mails;
  }

  private Path file(MailDigest digest) {
    return directory.resolve(digest.hex() + MAIL);
  }

  @Override
  public String toString() {
    return directory.toString();
  }
}

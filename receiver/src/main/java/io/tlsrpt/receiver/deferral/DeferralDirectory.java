// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.deferral;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of the mails that wait: each is named by the SHA-256 of its mail, and is there whole or
 * not at all, whatever ends the process. Belongs to one process at a time.
 */
final class DeferralDirectory implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(DeferralDirectory.class);

  private static final String MAIL = ".mail";
  private static final String UNFINISHED = ".tmp";
  private static final String BROKEN = ".broken";
  private static final String LOCK = "lock";

  /**
   * Marks unfinished files of this process, which another thread may be writing: not to be deleted.
   */
  private final String own = "-" + UUID.randomUUID() + "-";

  private final Path directory;
  private Optional<FileLock> lock = Optional.empty();
  private boolean closed;

  DeferralDirectory(Path directory) {
    this.directory = directory;
  }

  /** Locks the directory for this process; false if another process has it. */
  synchronized boolean acquire() throws IOException {
    if (lock.isPresent()) {
      return true;
    }
    Files.createDirectories(directory);
    FileChannel channel =
        FileChannel.open(
            directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      lock = Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException e) {
      LOGGER.debug("{} is locked within this process", directory, e);
    } finally {
      if (lock.isEmpty()) {
        channel.close();
      }
    }
    return lock.isPresent();
  }

  /**
   * Whether another process has the directory. If it cannot be locked, as on a file system without
   * locks, the answer is no.
   */
  synchronized boolean isAnothers() {
    try {
      return !closed && !acquire();
    } catch (IOException e) {
      LOGGER.debug("{} cannot be locked", directory, e);
      return false;
    }
  }

  /**
   * Writes a mail with its description and waits for the disk. The file has a temporary name until
   * {@link Unfinished#finish}, so nobody finds half a mail.
   */
  Unfinished begin(MailDigest digest, DeferredMail deferred, byte[] bytes, int size)
      throws IOException {
    Files.createDirectories(directory);
    Path unfinished = Files.createTempFile(directory, digest.hex() + own, UNFINISHED);
    Unfinished file = new Unfinished(unfinished, file(digest));
    // Not a FileChannel: an interrupt would close it in the middle of the write.
    try (FileOutputStream out = new FileOutputStream(unfinished.toFile())) {
      out.write(DeferredMailFormat.write(deferred));
      out.write(bytes, 0, size);
      out.getFD().sync();
      return file;
    } catch (IOException | RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  /** A complete file under a temporary name. Closing deletes it unless it was finished. */
  record Unfinished(Path from, Path to) implements AutoCloseable {
    /** Gives the file its final name, in one atomic step. */
    void finish() throws IOException {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
      Files.deleteIfExists(from);
    }
  }

  boolean holds(MailDigest digest) {
    return Files.exists(file(digest));
  }

  /**
   * Reads a description, and nothing of the mail.
   *
   * @throws BrokenFileException if the file is not what was once written
   */
  DeferredMail readDeferredMail(MailDigest digest) throws IOException {
    try (InputStream in = Files.newInputStream(file(digest))) {
      return DeferredMailFormat.readDeferredMail(in.readNBytes(DeferredMailFormat.MAX_LENGTH));
    }
  }

  /** Size of a file in bytes: a little more than its mail, because of the description. */
  long size(MailDigest digest) throws IOException {
    return Files.size(file(digest));
  }

  /**
   * Reads a mail.
   *
   * @throws BrokenFileException if the file is not what was once written
   */
  byte[] readMail(MailDigest digest) throws IOException {
    byte[] mail = DeferredMailFormat.readMail(Files.readAllBytes(file(digest)));
    if (!MailDigest.of(mail, mail.length).equals(digest)) {
      throw new BrokenFileException("the mail in it does not match its file name");
    }
    return mail;
  }

  void delete(MailDigest digest) throws IOException {
    Files.deleteIfExists(file(digest));
  }

  /** Renames a broken file, so that an administrator finds it and no retry reads it again. */
  void setAside(MailDigest digest, BrokenFileException why) {
    Path file = file(digest);
    Path aside = directory.resolve(digest.hex() + BROKEN);
    try {
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
      LOGGER.error(
          "Deferred mail {} is damaged ({}): renamed to {}", file, why.getMessage(), aside);
    } catch (IOException e) {
      LOGGER.error(
          "Deferred mail {} is damaged ({}) and cannot be renamed", file, why.getMessage(), e);
    }
  }

  /** Whether this is the directory of a path, which may have other names. */
  boolean isAt(Path path) throws IOException {
    return Files.isSameFile(directory, path);
  }

  /** Moves a mail with its description to another directory, in one atomic step. */
  void move(MailDigest digest, DeferralDirectory to) throws IOException {
    Files.move(file(digest), to.file(digest), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Whether mails are in it, or anything else whose name ends like that of a mail. */
  boolean hasMails() throws IOException {
    try (DirectoryStream<Path> mails = Files.newDirectoryStream(directory, "*" + MAIL)) {
      return mails.iterator().hasNext();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /** Lists the mails that wait, and deletes files that an earlier process left unfinished. */
  List<MailDigest> mails() throws IOException {
    List<MailDigest> mails = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (name.endsWith(UNFINISHED)) {
          if (!name.contains(own)) {
            deleteUnfinished(file);
          }
        } else if (name.endsWith(MAIL)) {
          MailDigest.parse(name.substring(0, name.length() - MAIL.length())).ifPresent(mails::add);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return mails;
  }

  private static void deleteUnfinished(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      LOGGER.warn("{} is no longer needed and cannot be deleted", file, e);
    }
  }

  private Path file(MailDigest digest) {
    return directory.resolve(digest.hex() + MAIL);
  }

  @Override
  public synchronized void close() {
    closed = true;
    lock.ifPresent(
        held -> {
          try {
            held.acquiredBy().close();
          } catch (IOException e) {
            LOGGER.warn("The lock on {} cannot be released", directory, e);
          }
        });
    lock = Optional.empty();
  }

  @Override
  public String toString() {
    return directory.toString();
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sqlite;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** What can be seen of a database's file without opening it. */
final class SqliteFile {
  /** Every process that has a database open holds a lock on these octets of its file. */
  private static final long SHARED_FIRST = 0x40000002L;

  private static final long SHARED_SIZE = 510;
  private static final int BUFFER = 1 << 16;

  private SqliteFile() {}

  /** Fails if another process has it open. Cannot tell if the file is read-only for us. */
  static void checkUnused(Path file) throws IOException {
    if (!Files.isWritable(file)) {
      return;
    }
    try (FileChannel channel = FileChannel.open(file, READ, WRITE);
        FileLock lock = channel.tryLock(SHARED_FIRST, SHARED_SIZE, false)) {
      if (lock == null) {
        throw new IOException("another process has it open: stop that James first");
      }
    }
  }

  /** Whether commits of it are still in its write-ahead log. */
  static boolean hasLog(Path file) throws IOException {
    Path log = log(file);
    return Files.exists(log) && Files.size(log) > 0;
  }

  private static Path log(Path file) {
    return file.resolveSibling(file.getFileName() + "-wal");
  }

  /** The SHA-256 of the file and its write-ahead log, in hexadecimal. */
  static String digest(Path file) throws IOException {
    MessageDigest digest = sha256();
    for (Path part : hasLog(file) ? List.of(file, log(file)) : List.of(file)) {
      try (InputStream in = Files.newInputStream(part)) {
        byte[] buffer = new byte[BUFFER];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          digest.update(buffer, 0, read);
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}

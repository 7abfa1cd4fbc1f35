// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where SQLite's driver unpacks its native library. It tries once for each JVM: if the temporary
 * directory is not there, not writable or mounted {@code noexec} at that moment, no report can be
 * stored until the server is restarted. So that is looked at before, and a directory of ours taken
 * in its place.
 */
final class NativeLibrary {
  private static final Logger LOGGER = LoggerFactory.getLogger(NativeLibrary.class);

  /** The driver's own settings: an administrator who uses them knows why. */
  private static final String DIRECTORY = "org.sqlite.tmpdir";

  private static final String UNPACKED = "org.sqlite.lib.path";

  /** More than the library has on any platform, in bytes. */
  private static final long ROOM = 4 << 20;

  private static boolean decided;

  private NativeLibrary() {}

  /**
   * Has the driver unpack its library where it can be loaded from; to be called before its first
   * use.
   *
   * @param ours a directory to take if the temporary one cannot be used
   */
  static synchronized void prepare(Path ours) {
    if (!decided) {
      decided =
          System.getProperty(DIRECTORY) != null
              || System.getProperty(UNPACKED) != null
              || isUsable(temporary())
              || take(ours);
    }
  }

  private static Path temporary() {
    return Path.of(System.getProperty("java.io.tmpdir", ""));
  }

  private static boolean take(Path ours) {
    boolean usable = isUsable(ours);
    if (usable) {
      LOGGER.warn(
          "SQLite's native library cannot be loaded from {}, which is not writable or mounted"
              + " noexec: it is unpacked into {}",
          temporary(),
          ours);
      System.setProperty(DIRECTORY, ours.toString());
    }
    return usable;
  }

  /** Whether files can be made there that may be executed, one of the library's size among them. */
  private static boolean isUsable(Path directory) {
    try {
      Path file = Files.createTempFile(directory, "tlsrpt", ".lib");
      try {
        return file.toFile().setExecutable(true)
            && Files.isExecutable(file)
            && Files.getFileStore(file).getUsableSpace() >= ROOM;
      } finally {
        Files.delete(file);
      }
    } catch (IOException | SecurityException e) {
      LOGGER.debug("{} cannot be used", directory, e);
      return false;
    }
  }
}

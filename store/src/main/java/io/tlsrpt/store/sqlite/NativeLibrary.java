// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;
import org.sqlite.util.OSInfo;

/**
 * Chooses where SQLite's driver unpacks its native library. The driver tries once in each JVM. If
 * the temporary directory is missing, not writable or mounted {@code noexec} at that moment, no
 * report can be stored until the server is restarted. So the directory is tested first, and a
 * directory of ours is used instead if the test fails.
 */
final class NativeLibrary {
  private static final Logger LOGGER = LoggerFactory.getLogger(NativeLibrary.class);

  /**
   * The driver's own setting for the directory; if an administrator has set it, it is left alone.
   */
  private static final String DIRECTORY = "org.sqlite.tmpdir";

  /** The driver's own setting for a library already unpacked; left alone, too. */
  private static final String UNPACKED = "org.sqlite.lib.path";

  /** More than the library has on any platform, in bytes. */
  private static final long ROOM = 4 << 20;

  private static boolean decided;

  private NativeLibrary() {}

  /**
   * Makes the driver unpack its library where it can be loaded. To be called before the driver is
   * first used.
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

  /**
   * Tells the administrator why the driver has no library. Our jar has those of common platforms
   * only, and the driver's own jar has more: the driver finds them if its jar is loaded beside
   * ours, in the same version.
   */
  static SQLException notLoaded(Throwable cause) {
    boolean isInside =
        LibraryLoaderUtil.hasNativeLib(
            LibraryLoaderUtil.getNativeLibResourcePath(), LibraryLoaderUtil.getNativeLibName());
    String remedy =
        isInside
            ? "SQLite's native library cannot be loaded: make java.io.tmpdir, or org.sqlite.tmpdir,"
                + " writable and not mounted noexec, then restart James. "
            : "there is no native library of SQLite for %s in this jar; put sqlite-jdbc-%s.jar beside"
                    .formatted(
                        OSInfo.getNativeLibFolderPathForCurrentOS(), SQLiteJDBCLoader.getVersion())
                + " it and restart the server. ";
    return new SQLException(remedy + cause, cause);
  }

  private static Path temporary() {
    return Path.of(System.getProperty("java.io.tmpdir", ""));
  }

  private static boolean take(Path ours) {
    boolean usable = isUsable(ours);
    if (usable) {
      LOGGER.warn(
          "SQLite's native library cannot be loaded from {}, which is not writable or is mounted"
              + " noexec: it is unpacked into {} instead",
          temporary(),
          ours);
      System.setProperty(DIRECTORY, ours.toString());
    }
    return usable;
  }

  /** Whether an executable file of the library's size can be created there. */
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

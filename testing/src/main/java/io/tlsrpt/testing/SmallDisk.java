// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file system of a few MiB, to be filled. */
public final class SmallDisk implements AutoCloseable {
  private final Path directory;

  private SmallDisk(Path directory) {
    this.directory = directory;
  }

  /** Mounts one; empty where that is not allowed: Linux lets root do it. */
  public static Optional<SmallDisk> mount(Path directory, int megabytes) throws IOException {
    return mountWith("size=" + megabytes + "m", directory);
  }

  /** The same, from which no program or library can be run. */
  public static Optional<SmallDisk> mountNoexec(Path directory, int megabytes) throws IOException {
    return mountWith("noexec,size=" + megabytes + "m", directory);
  }

  private static Optional<SmallDisk> mountWith(String options, Path directory) throws IOException {
    Files.createDirectories(directory);
    return run("mount", "-t", "tmpfs", "-o", options, "tmpfs", directory.toString())
        ? Optional.of(new SmallDisk(directory))
        : Optional.empty();
  }

  public Path directory() {
    return directory;
  }

  /**
   * Takes room away until it is given back.
   *
   * @return the file to delete for that
   */
  public Path fill(int bytes) throws IOException {
    return Files.write(directory.resolve("ballast"), new byte[bytes]);
  }

  private static boolean run(String... command) throws IOException {
    return new ProcessBuilder(command).inheritIO().start().onExit().join().exitValue() == 0;
  }

  @Override
  public void close() throws IOException {
    if (!run("umount", "-l", directory.toString())) {
      throw new IOException(directory + " cannot be unmounted");
    }
  }
}

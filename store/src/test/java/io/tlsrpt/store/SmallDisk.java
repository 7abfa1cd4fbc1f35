// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of a few MiB, to fill. Linux lets only root have one: elsewhere it is skipped. */
record SmallDisk(Path directory) implements AutoCloseable {

  static SmallDisk mount(Path directory, int megabytes) throws IOException {
    Files.createDirectories(directory);
    boolean mounted =
        run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", directory.toString());
    if ("true".equals(System.getenv("CI"))) {
      assertThat(mounted).as("a small disk can be mounted").isTrue();
    }
    assumeTrue(mounted, "only root can mount a small disk");
    return new SmallDisk(directory);
  }

  private static boolean run(String... command) throws IOException {
    return new ProcessBuilder(command).inheritIO().start().onExit().join().exitValue() == 0;
  }

  @Override
  public void close() throws IOException {
    assertThat(run("umount", "-l", directory.toString())).isTrue();
  }
}

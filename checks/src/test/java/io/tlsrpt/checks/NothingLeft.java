// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * After a class of tests no thread of ours lives, and where that can be counted (Linux) there are
 * no more sockets than before.
 */
public final class NothingLeft implements BeforeAllCallback, AfterAllCallback {
  private static final Path OPEN_FILES = Path.of("/proc/self/fd");
  private static final int TRIES = 100;
  private static final int PAUSE_MILLIS = 50;

  private Set<Thread> threads = Set.of();
  private long sockets;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    // With its first socket the JDK opens one that it keeps.
    new ServerSocket(0).close();
    threads = threads();
    sockets = sockets();
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    for (int i = 0; i < TRIES && (sockets() > sockets || !threads.containsAll(threads())); i++) {
      Thread.sleep(PAUSE_MILLIS);
    }
    assertThat(threads()).as("threads").isSubsetOf(threads);
    assertThat(sockets()).as("sockets").isLessThanOrEqualTo(sockets);
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("tlsrpt-"))
        .collect(Collectors.toSet());
  }

  private static long sockets() throws IOException {
    if (!Files.isDirectory(OPEN_FILES)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(OPEN_FILES)) {
      return files.filter(NothingLeft::isSocket).count();
    }
  }

  private static boolean isSocket(Path file) {
    try {
      return Files.readSymbolicLink(file).toString().startsWith("socket:");
    } catch (IOException e) {
      // Closed meanwhile, as the folder's own.
      return false;
    }
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder that looks like the JDK's home and has one root more in its {@code cacerts}: all else
 * are links. A JVM that is told of it ({@code -Djava.home}) trusts that root as it does the public
 * ones, and the product needs no way to be told of a root.
 */
final class OwnRoots {
  /** From the JDK's home to the file, each a folder of links but for the next. */
  private static final List<String> WAY = List.of("lib", "security", "cacerts");

  private OwnRoots() {}

  /** Makes the folder anew, and gives the JVM option. */
  static String jvmOption(Path folder, X509Certificate root) {
    try {
      Path store = link(folder, Path.of(System.getProperty("java.home")), WAY);
      write(store, root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    return "-Djava.home=" + folder.toAbsolutePath();
  }

  private static Path link(Path folder, Path original, List<String> way) throws IOException {
    if (way.isEmpty()) {
      return folder;
    }
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(original)) {
      for (Path file : files.toList()) {
        if (!file.endsWith(way.getFirst())) {
          Files.createSymbolicLink(folder.resolve(file.getFileName()), file);
        }
      }
    }
    return link(
        folder.resolve(way.getFirst()),
        original.resolve(way.getFirst()),
        way.subList(1, way.size()));
  }

  private static void write(Path file, X509Certificate root)
      throws IOException, GeneralSecurityException {
    // Read without a password, as the JDK's own file is.
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, null);
    store.setCertificateEntry("root", root);
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, "changeit".toCharArray());
    }
  }
}

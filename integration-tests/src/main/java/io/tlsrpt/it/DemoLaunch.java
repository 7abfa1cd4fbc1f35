// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes down how to start {@link Demo}, for a script: the JDK that the build selected and the
 * arguments of its {@code java}. Maven itself cannot start it, since Maven leaves its children
 * behind when it is ended.
 */
public final class DemoLaunch {
  private DemoLaunch() {}

  /**
   * Writes {@code demo.java} and {@code demo.arguments} into the directory that is the only
   * argument.
   */
  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[0]);
    Files.writeString(directory.resolve("demo.java"), JamesServer.java() + "\n");
    Files.write(
        directory.resolve("demo.arguments"),
        List.of(
            "-XX:-UsePerfData",
            quoted("-Dtlsrpt.root=" + Build.root()),
            quoted("-Dtlsrpt.version=" + System.getProperty("tlsrpt.version")),
            "-classpath",
            quoted(System.getProperty("java.class.path")),
            Demo.class.getName()));
  }

  private static String quoted(String argument) {
    return '"' + argument.replace("\\", "\\\\") + '"';
  }
}

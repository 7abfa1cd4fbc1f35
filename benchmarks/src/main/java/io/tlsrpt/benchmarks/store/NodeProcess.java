// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;

/** A JVM of its own, which measures something and says so in lines of a word and values. */
record NodeProcess(Process process, BufferedReader output) implements AutoCloseable {
  /**
   * Starts the JVM of a node.
   *
   * @param heap so small that several nodes fit into a small machine
   */
  static NodeProcess start(String heap, Class<?> main, List<String> arguments) throws IOException {
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            heap,
            "--enable-native-access=ALL-UNNAMED",
            "-classpath",
            System.getProperty("java.class.path"),
            main.getName());
    java.command().addAll(arguments);
    Process process = java.redirectError(Redirect.INHERIT).start();
    return new NodeProcess(process, process.inputReader());
  }

  /** Waits for the line that begins with a word; what stands behind it. */
  String read(String word) throws IOException {
    String line = output.readLine();
    if (line == null || !line.startsWith(word)) {
      throw new IOException("instead of '%s' the process said: %s".formatted(word, line));
    }
    return line.substring(word.length()).strip();
  }

  void go() throws IOException {
    OutputStream input = process.getOutputStream();
    input.write('\n');
    input.flush();
  }

  /** It ends when it has said all, or with its input. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.onExit().join();
  }
}

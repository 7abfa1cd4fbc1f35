// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A server of its own: a JVM that runs {@link ChaosNode}, to be killed and to be stopped. */
record NodeProcess(Process process, BufferedReader output) implements AutoCloseable {
  /** Until the input ends, with this JVM at the latest. So no process stays stopped for ever. */
  private static final String STOP = "kill -STOP $0 && echo stopped; cat; kill -CONT $0";

  /**
   * Starts a JVM.
   *
   * @param errors what it writes beside its lines, for a person who looks for the cause of a
   *     failure
   */
  static NodeProcess start(String name, Path errors) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Three of them fit into a small machine.
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-classpath",
                System.getProperty("java.class.path"),
                ChaosNode.class.getName(),
                name)
            .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
            .start();
    return new NodeProcess(process, process.inputReader(StandardCharsets.UTF_8));
  }

  void say(String line) throws IOException {
    OutputStream input = process.getOutputStream();
    input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    input.flush();
  }

  /** SIGKILL. What it had said can still be read. */
  void kill() {
    // The process itself would close its output, too.
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }

  /** SIGSTOP; and SIGCONT when the result is closed. */
  Stopped stop() throws IOException {
    Process shell =
        new ProcessBuilder("sh", "-c", STOP, Long.toString(process.pid()))
            .redirectError(ProcessBuilder.Redirect.to(new File("/dev/null")))
            .start();
    if (!"stopped".equals(shell.inputReader().readLine())) {
      throw new IOException("the process cannot be stopped");
    }
    return new Stopped(shell);
  }

  record Stopped(Process shell) implements AutoCloseable {
    void stay(Duration duration) throws InterruptedException {
      TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    }

    @Override
    public void close() throws IOException {
      shell.getOutputStream().close();
      shell.onExit().join();
    }
  }

  @Override
  public void close() {
    kill();
  }
}

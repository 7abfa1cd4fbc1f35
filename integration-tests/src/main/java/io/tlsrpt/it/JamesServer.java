// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A James 3.8 in a process of its own. */
public final class JamesServer implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration STOP = Duration.ofSeconds(30);

  private final JamesHome home;
  private final Process process;

  private JamesServer(JamesHome home, Process process) {
    this.home = home;
    this.process = process;
  }

  /** Starts the process, and waits for nothing. */
  public static JamesServer launch(JamesHome home) {
    Path arguments = home.directory().resolve("java.arguments");
    String classPath = Build.classPathOfJames38();
    List<String> options =
        new ArrayList<>(
            List.of(
                "-Dworking.directory=.",
                "-Dlogback.configurationFile=conf/logback.xml",
                "-Djava.io.tmpdir=tmp",
                "-Djava.rmi.server.hostname=127.0.0.1",
                "-XX:-UsePerfData",
                "-Xmx512m"));
    // Of an option that comes twice, Java takes the last: a home's go before ours.
    options.addAll(home.jvmOptions());
    options.addAll(
        List.of(
            "-cp",
            "\"" + classPath.replace("\\", "\\\\") + "\"",
            "org.apache.james.MemoryJamesServerMain"));
    try {
      Files.write(arguments, options);
      Process process =
          new ProcessBuilder(java().toString(), "@" + arguments.toAbsolutePath())
              .directory(home.directory().toFile())
              .redirectErrorStream(true)
              .redirectOutput(home.log().toFile())
              .start();
      return new JamesServer(home, process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts James and waits until it takes mail and answers by JMX. */
  public static JamesServer start(JamesHome home) {
    JamesServer server = launch(home);
    try {
      server.awaitReady();
      return server;
    } catch (RuntimeException | Error e) {
      server.close();
      throw e;
    }
  }

  /** Waits until it takes mail, which it does before all of it has been started. */
  void awaitMail() {
    Waiting.until(START, "James takes mail", this::takesMail);
  }

  /** Waits until it takes mail and answers by JMX. */
  void awaitReady() {
    Waiting.until(START, "James takes mail and answers by JMX", () -> takesMail() && answers());
  }

  static Path java() {
    String name = File.separatorChar == '/' ? "java" : "java.exe";
    return Path.of(System.getProperty("java.home"), "bin", name);
  }

  private boolean takesMail() {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "James ended with exit status " + process.exitValue() + "; its log:\n" + log());
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), home.ports().smtp());
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      String greeting = in.readLine();
      return greeting != null && greeting.startsWith("220");
    } catch (IOException e) {
      return false;
    }
  }

  private boolean answers() {
    try (JmxClient jmx = jmx()) {
      return jmx.exists("org.apache.james:type=component,name=usersrepository");
    } catch (UncheckedIOException | SecurityException e) {
      // Not there yet; or we have read the password file while James was still writing it.
      return false;
    }
  }

  JamesHome home() {
    return home;
  }

  public Ports ports() {
    return home.ports();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** A connection with the credentials that James made. */
  public JmxClient jmx() {
    return JmxClient.connect(home.ports().jmx(), home.conf().resolve("jmxremote.password"));
  }

  /** All that James has said so far. */
  public String log() {
    try {
      return Files.readString(home.log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for James to end by itself. */
  public int awaitExit(Duration timeout) {
    try {
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("James is still running after " + timeout);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Ends James as a power cut would: {@code kill -9}. */
  public void kill() {
    process.destroyForcibly();
    awaitExit(STOP);
  }

  /** Lets James shut down in order; by force if it takes too long. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

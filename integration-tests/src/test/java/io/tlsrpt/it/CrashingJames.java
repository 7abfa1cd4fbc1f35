// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A James that is killed again and again, always in the same home. A mailet behind ours writes down
 * what has passed us.
 */
final class CrashingJames implements AutoCloseable {
  private static final String DOMAIN = "example.com";
  private static final String RUA = "tlsrpt@" + DOMAIN;
  private static final String RECORD = "passed.txt";
  private static final String TRANSPORT = "<processor state=\"transport\" enableJmx=\"true\">";

  private final JamesHome home;
  private JamesServer server;

  private CrashingJames(JamesHome home) {
    this.home = home;
    this.server = startServer(home);
  }

  /** Makes a new home and starts James in it. */
  static CrashingJames start(String name, Reporters reporters) {
    JamesHome home =
        JamesHome.create(Build.directory(name), Ports.free(), Build.jarForJames38())
            .withDns(reporters.dns())
            .serving(DOMAIN);
    home.edit(
        "mailetcontainer.xml",
        "<!-- <domains>mx.example.com, *.customer.example</domains> -->",
        "<domains>*." + DOMAIN + "</domains>");
    home.edit(
        "mailetcontainer.xml",
        "<!-- <maxReporters>200</maxReporters> -->",
        "<maxReporters>10000</maxReporters>");
    home.edit(
        "mailetcontainer.xml",
        TRANSPORT,
        TRANSPORT
            + "<mailet match=\"All\" class=\"io.tlsrpt.testing.RecordMessageId\"><file>"
            + home.directory().resolve(RECORD)
            + "</file></mailet>");
    return new CrashingJames(home);
  }

  private static JamesServer startServer(JamesHome home) {
    JamesServer started = JamesServer.start(home);
    try (JmxClient jmx = started.jmx()) {
      // Users are gone when this James is killed.
      new Administrator(jmx).addUser(RUA, "secret");
    }
    return started;
  }

  void kill() {
    server.kill();
  }

  /** After a kill. The log of the killed process is kept. */
  void restart(int round) {
    try {
      Files.move(home.log(), home.directory().resolve("james-%d.log".formatted(round)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server = startServer(home);
  }

  Ports ports() {
    return home.ports();
  }

  JmxClient jmx() {
    return server.jmx();
  }

  StoredReports database() {
    return new StoredReports(directory().resolve("reports.db"));
  }

  /**
   * The Message-IDs, without brackets, of the mails that have passed us since this was last asked;
   * to be called while James is down. A line that a kill has cut was not written.
   */
  List<String> takeRecord() {
    Path record = home.directory().resolve(RECORD);
    if (!Files.exists(record)) {
      return List.of();
    }
    try {
      String text = Files.readString(record);
      Files.delete(record);
      return text.substring(0, text.lastIndexOf('\n') + 1)
          .lines()
          .map(line -> line.substring(1, line.length() - 1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The files of the mails that are deferred. */
  Set<Path> waitingMails() {
    return files(directory().resolve("deferred")).stream()
        .filter(file -> file.toString().endsWith(".mail"))
        .collect(Collectors.toSet());
  }

  /** Nothing has been set aside or given up since the last start. */
  void assertSound() {
    assertThat(files(directory())).noneMatch(file -> file.toString().contains("corrupt"));
    assertThat(files(directory().resolve("deferred")))
        .noneMatch(file -> file.toString().endsWith(".broken"));
    assertThat(server.log()).doesNotContainIgnoringCase("corrupt");
  }

  private Path directory() {
    return home.directory().resolve("var/tlsrpt");
  }

  private static Set<Path> files(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}

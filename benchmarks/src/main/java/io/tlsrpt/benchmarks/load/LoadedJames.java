// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.load;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.it.Build;
import io.tlsrpt.it.JamesHome;
import io.tlsrpt.it.JamesServer;
import io.tlsrpt.it.JmxClient;
import io.tlsrpt.it.Ports;
import io.tlsrpt.it.Reporters;
import io.tlsrpt.it.SmtpConnection;
import io.tlsrpt.it.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.management.openmbean.CompositeData;

/** A real James 3.8.1 with 20 spooler threads, as a sender and a meter see it. */
final class LoadedJames implements AutoCloseable {
  static final String SENDER = "reports@reporter.example";
  static final String RUA = "tlsrpt@example.com";
  static final String SOMEBODY = "somebody@example.com";
  static final int DOMAINS = 500;

  private static final String RECEIVER = "io.tlsrpt:type=Receiver";

  private static final String MAILETS =
      "org.apache.james:type=component,component=mailetcontainer,name=processor,*,";

  static final String DELIVERY = "<mailet match=\"All\" class=\"LocalDelivery\"/>";
  private static final String DELIVERIES = "deliveries.txt";
  private static final Duration DRAINING = Duration.ofMinutes(5);
  private static final int MAX_WAITING = 200;

  private final Path home;
  private final JamesServer server;
  private final JmxClient jmx;
  private final String mailet;

  private LoadedJames(Path home, JamesServer server, String lastMailet) {
    this.home = home;
    this.server = server;
    this.jmx = server.jmx();
    this.mailet = jmx.names(MAILETS + lastMailet).getFirst();
  }

  /** Starts one that serves {@code d0.example.com} and so on. */
  static LoadedJames start(
      Variant variant, Reporters reporters, String name, String... jvmOptions) {
    JamesHome home = home(variant, reporters, name);
    Stream.of(jvmOptions).forEach(home::withJvmOption);
    return start(home, variant, name);
  }

  /** The same, with the pages on a port of loopback. */
  static LoadedJames startWithPages(Variant variant, Reporters reporters, String name, int port) {
    return start(home(variant, reporters, name).withPages(port), variant, name);
  }

  private static JamesHome home(Variant variant, Reporters reporters, String name) {
    JamesHome home =
        JamesHome.create(Build.directory(name), Ports.free(), Build.jarForJames38())
            .withDns(reporters.dns())
            .withJvmOption("-XX:FlightRecorderOptions:stackdepth=256")
            .serving(
                IntStream.range(0, DOMAINS).mapToObj(LoadMails::domain).toArray(String[]::new));
    home.edit(
        "domainlist.xml", "<domainnames>", "<domainnames><domainname>example.com</domainname>");
    home.edit(
        "mailetcontainer.xml",
        DELIVERY,
        "<mailet match=\"All\" class=\"io.tlsrpt.testing.RecordTime\"><file>"
            + Build.directory(name).resolve(DELIVERIES)
            + "</file></mailet>"
            + DELIVERY);
    variant.configure(home);
    return home;
  }

  private static LoadedJames start(JamesHome home, Variant variant, String name) {
    LoadedJames james =
        new LoadedJames(Build.directory(name), JamesServer.start(home), variant.lastMailet());
    james.addUser(RUA);
    james.addUser(SOMEBODY);
    return james;
  }

  private void addUser(String address) {
    jmx.invoke(
        "org.apache.james:type=component,name=usersrepository", "addUser", address, "secret");
  }

  SmtpConnection connect() {
    return new SmtpConnection(server.ports().smtp());
  }

  /** Mails to the rua address that are done with. */
  long handled() {
    return jmx.number(mailet, "HandledMailCount");
  }

  /** Waits until not too many of those sent wait in the spool. */
  void awaitRoom(long sent) {
    Waiting.until(DRAINING, "the spool has room", () -> sent - handled() < MAX_WAITING);
  }

  void awaitHandled(long sent) {
    Waiting.until(DRAINING, "all mails have been handled", () -> handled() >= sent);
  }

  void awaitNoneDeferred() {
    Waiting.until(DRAINING, "no report waits", () -> reports("Deferred") == 0);
  }

  /** When other mails were about to be laid into their mailbox, in microseconds since 1970. */
  List<Long> deliveries() {
    Path file = home.resolve(DELIVERIES);
    try {
      return Files.exists(file)
          ? Files.readAllLines(file).stream().map(Long::valueOf).toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for one delivery more; all of them. */
  List<Long> awaitDelivery(int before) {
    Waiting.until(DRAINING, "the mail is delivered", () -> deliveries().size() > before);
    return deliveries();
  }

  /** CPU that the process has used. */
  Duration cpu() {
    return Duration.ofNanos(jmx.number("java.lang:type=OperatingSystem", "ProcessCpuTime"));
  }

  /** Heap in use after a collection, in MB. */
  double heap() {
    jmx.invoke("java.lang:type=Memory", "gc");
    CompositeData usage =
        (CompositeData) requireNonNull(jmx.value("java.lang:type=Memory", "HeapMemoryUsage"));
    return (Long) usage.get("used") / 1e6;
  }

  /** Begins to sample for what CPU is used; the JDK can do so from 25 on, on Linux. */
  void startSampling() {
    diagnose(
        "jfrStart",
        "name=cpu",
        "settings=none",
        "+" + CpuShares.EVENT + "#enabled=true",
        "+" + CpuShares.EVENT + "#throttle=" + CpuShares.PERIOD);
  }

  CpuShares stopSampling() {
    Path recording = home.resolve("cpu.jfr");
    diagnose("jfrStop", "name=cpu", "filename=" + recording);
    return CpuShares.of(recording);
  }

  private void diagnose(String command, String... arguments) {
    jmx.ask("com.sun.management:type=DiagnosticCommand", command, (Object) arguments);
  }

  long reports(String outcome) {
    return jmx.number(RECEIVER, "Reports" + outcome);
  }

  /** All that James has said. */
  String log() {
    return server.log();
  }

  Map<String, Long> rejections() {
    return jmx.counts(RECEIVER, "RejectionsByReason");
  }

  /** Mean time of a step, in ms. */
  double step(String step) {
    return (Double)
        requireNonNull(jmx.value("io.tlsrpt:name=step,step=" + step + ",type=Meter", "Mean"));
  }

  /** The database and what waits in its log, in MB. */
  double databaseSize() {
    Path directory = home.resolve("var/tlsrpt");
    try {
      return (Files.size(directory.resolve("reports.db"))
              + Files.size(directory.resolve("reports.db-wal")))
          / 1e6;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try (server) {
      jmx.close();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import io.tlsrpt.testing.FreshDatabase;
import io.tlsrpt.testing.PostgresServer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The main job, to watch: starts a real James with the receiver in place, delivers sample reports
 * by SMTP, reads the beans over remote JMX and prints what they show. Stays up until Ctrl-C, with
 * the pages on loopback for whoever asks; with {@code --exit} it ends by itself, with exit status 0
 * only if the figures are right. With {@code --nodes=3} there are three James that share a
 * PostgreSQL database, each gets some of the reports, and all must show the same.
 */
public final class Demo {
  private static final String PASSWORD = "secret";
  private static final String RUA = "tlsrpt@example.com";
  private static final List<String> DOMAINS = List.of("example.com", "example.org", "example.net");
  private static final String ADMIN = "admin@example.com";
  private static final Duration GATHERING = Duration.ofSeconds(2);
  private static final int LINES_OF_MAIL = 16;
  private static final Duration DELIVERY = Duration.ofSeconds(60);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  /** So many mails are sent to two nodes: each counts once. They are the first ones. */
  private static final int SENT_TWICE = 2;

  private final PrintStream out;
  private final DemoOptions options;

  /** Where each James has its pages, in the order of the servers. */
  private final List<String> pages = new ArrayList<>();

  private Demo(PrintStream out, DemoOptions options) {
    this.out = out;
    this.options = options;
  }

  /** Runs the demonstration. */
  public static void main(String[] args) {
    int status;
    try {
      status = new Demo(System.out, DemoOptions.parse(args)).run();
    } catch (DemoOptions.BadOptionException e) {
      System.err.println("demo: " + e.getMessage());
      status = 2;
    } catch (IllegalStateException e) {
      System.err.println("demo: " + e.getMessage());
      status = 1;
    }
    System.exit(status);
  }

  private int run() {
    if (options.nodes().isEmpty()) {
      return run(1, Optional.empty());
    }
    say("Starting PostgreSQL ...");
    try (PostgresServer server = PostgresServer.create();
        FreshDatabase database = server.newDatabase()) {
      return run(options.nodes().getAsInt(), Optional.of(database));
    } catch (IOException e) {
      throw new IllegalStateException("there is no PostgreSQL to start: " + e.getMessage(), e);
    }
  }

  private int run(int nodes, Optional<FreshDatabase> database) {
    try (Reporters reporters = new Reporters();
        DemoServers servers = DemoServers.start(homes(nodes, reporters, database))) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(servers)));
      prepare(servers);
      List<Samples.Sample> samples = new Samples(LocalDate.now(ZoneOffset.UTC), reporters).all();
      int again = nodes > 1 ? SENT_TWICE : 0;
      deliver(samples, again, servers);
      awaitReports(servers, ExpectedFigures.MAILS + again);
      return database.isEmpty() ? showFigures(servers) : showNodes(servers, again);
    }
  }

  private List<JamesHome> homes(int nodes, Reporters reporters, Optional<FreshDatabase> database) {
    List<JamesHome> homes = new ArrayList<>();
    for (Ports ports : Ports.of(nodes, options.ports())) {
      say(
          "Starting James 3.8.1 on ports %d (SMTP), %d (IMAP), %d (JMX) ..."
              .formatted(ports.smtp(), ports.imap(), ports.jmx()));
      Path directory = Build.directory(database.isEmpty() ? "demo" : "demo-" + (homes.size() + 1));
      int webAdmin = Ports.anyFree();
      pages.add("http://127.0.0.1:" + webAdmin + "/tlsrpt");
      JamesHome home =
          JamesHome.create(directory, ports, Build.jarForJames38())
              .serving(DOMAINS.toArray(String[]::new))
              .withDns(reporters.dns())
              .withPages(webAdmin)
              .withNotifications(ADMIN, GATHERING);
      database.ifPresent(home::withDatabase);
      homes.add(home);
    }
    return homes;
  }

  private void prepare(DemoServers servers) {
    for (JmxClient jmx : servers.jmx()) {
      for (String user : List.of(RUA, ADMIN)) {
        jmx.invoke(
            "org.apache.james:type=component,name=usersrepository", "addUser", user, PASSWORD);
      }
    }
    say("Domains %s and the rua mailbox %s are there.".formatted(String.join(", ", DOMAINS), RUA));
  }

  /** Sends each mail to the next server in turn, and the first ones to the server after it, too. */
  private void deliver(List<Samples.Sample> samples, int again, DemoServers servers) {
    say(
        "Delivering %d mails by SMTP, their keys in a DNS server on loopback:"
            .formatted(samples.size()));
    for (int i = 0; i < samples.size(); i++) {
      Samples.Sample sample = samples.get(i);
      List<Integer> to = i < again ? List.of(i, i + 1) : List.of(i);
      to = to.stream().map(server -> server % servers.count()).toList();
      say(
          "  %-28s %s%s"
              .formatted(sample.sender(), sample.title(), servers.count() == 1 ? "" : names(to)));
      to.forEach(server -> servers.smtp(server).send(sample.sender(), RUA, sample.mail()));
    }
  }

  private static String names(List<Integer> nodes) {
    return nodes.stream()
        .map(node -> "node " + (node + 1))
        .collect(Collectors.joining(" and ", " (", ")"));
  }

  private static void awaitReports(DemoServers servers, int mails) {
    Waiting.until(
        DELIVERY,
        "James has worked through all mails",
        () -> servers.jmx().stream().mapToLong(Demo::judged).sum() >= mails);
  }

  private static long judged(JmxClient jmx) {
    String receiver = "io.tlsrpt:type=Receiver";
    return jmx.number(receiver, "ReportsAccepted")
        + jmx.number(receiver, "ReportsDuplicate")
        + jmx.number(receiver, "ReportsRejected");
  }

  private int showFigures(DemoServers servers) {
    Figures figures = servers.figures().getFirst();
    new FiguresTable(out).print(figures);
    showMail(servers);
    return options.exit() ? compare(figures, ExpectedFigures.FIGURES) : stay(servers);
  }

  /** The facts of it; what to do about each failure follows in the mail. */
  private void showMail(DemoServers servers) {
    String mail = new ImapClient(servers.home(0).ports().imap(), ADMIN, PASSWORD).some().getFirst();
    say("");
    say("And " + ADMIN + " gets a mail, which begins:");
    int body = mail.indexOf("\n\n");
    Stream.concat(
            mail.substring(0, body)
                .replaceAll("\n[ \t]+", " ")
                .lines()
                .filter(field -> field.startsWith("Subject: ")),
            mail.substring(body + 1).lines().limit(LINES_OF_MAIL))
        .forEach(line -> say("  " + line));
    say("");
  }

  private int compare(Figures figures, Figures expected) {
    if (figures.equals(expected)) {
      say("The figures are what the samples add up to.");
      return 0;
    }
    say("The figures are NOT what the samples add up to. Expected:");
    new FiguresTable(out).print(expected);
    return 1;
  }

  private int showNodes(DemoServers servers, int again) {
    say("Waiting until each node shows what the others have stored, as it does within 10 seconds.");
    NodesFigures figures = awaitEqual(servers);
    new FiguresTable(out).print(figures);
    if (!figures.areEqual()) {
      say("The figures are NOT equal on all nodes.");
      return 1;
    }
    if (!figures.are(ExpectedFigures.FIGURES, again)) {
      say("The figures are NOT what the samples add up to. Expected, besides duplicates:");
      new FiguresTable(out).print(ExpectedFigures.FIGURES);
      return 1;
    }
    say("The figures are equal on all nodes, and what the samples add up to.");
    return options.exit() ? 0 : stay(servers);
  }

  /** Once they are equal, or as they are when there has been time enough. */
  private static NodesFigures awaitEqual(DemoServers servers) {
    long end = System.nanoTime() + DELIVERY.toNanos();
    while (true) {
      NodesFigures figures = new NodesFigures(servers.figures());
      if (figures.areEqual() || System.nanoTime() - end > 0) {
        return figures;
      }
      Waiting.pause(BETWEEN_LOOKS);
    }
  }

  private void stop(DemoServers servers) {
    if (servers.anyAlive()) {
      say("Stopping James ...");
    }
    servers.stop();
  }

  private int stay(DemoServers servers) {
    say("");
    say("Look at the pages (Ctrl-C here ends James):");
    pages.forEach(page -> say("  " + page));
    say("Or look around with JConsole:");
    say("  jconsole > New Connection > Remote Process");
    for (int server = 0; server < servers.count(); server++) {
      JamesHome home = servers.home(server);
      say("    127.0.0.1:%d".formatted(home.ports().jmx()));
      say("    Username james-admin, Password the second word in");
      say("    %s".formatted(home.conf().resolve("jmxremote.password")));
    }
    say("  Connect > Insecure connection (it is loopback)");
    say("  MBeans > io.tlsrpt > Domain > example.com > Attributes");
    for (int server = 0; server < servers.count(); server++) {
      JamesHome home = servers.home(server);
      say(
          "Deliver more to %s on port %d; James logs to %s"
              .formatted(RUA, home.ports().smtp(), home.log()));
    }
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  private void say(String text) {
    out.println(text);
    out.flush();
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import java.io.PrintStream;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * The main job, to watch: starts a real James with the receiver in place, delivers sample reports
 * by SMTP, reads the beans over remote JMX and prints what they show. Stays up until Ctrl-C; with
 * {@code --exit} it ends by itself, with exit status 0 only if the figures are right.
 */
public final class Demo {
  private static final String PASSWORD = "secret";
  private static final String RUA = "tlsrpt@example.com";
  private static final List<String> DOMAINS = List.of("example.com", "example.org", "example.net");
  private static final Duration DELIVERY = Duration.ofSeconds(60);

  private final PrintStream out;
  private final DemoOptions options;

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
    Ports ports = options.ports();
    say(
        "Starting James 3.8.1 on ports %d (SMTP), %d (IMAP), %d (JMX) ..."
            .formatted(ports.smtp(), ports.imap(), ports.jmx()));
    JamesHome home = JamesHome.create(Build.directory("demo"), ports, Build.jarForJames38());
    try (Reporters reporters = new Reporters();
        JamesServer james = JamesServer.start(home.withDns(reporters.dns()));
        JmxClient jmx = james.jmx()) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(james)));
      prepare(jmx);
      Samples samples = new Samples(LocalDate.now(ZoneOffset.UTC), reporters);
      deliver(samples.all(), ports);
      Figures expected = ExpectedFigures.FIGURES;
      awaitReports(jmx);
      Figures figures = Figures.read(jmx);
      new FiguresTable(out).print(figures);
      return options.exit() ? compare(figures, expected) : stay(home);
    }
  }

  private void prepare(JmxClient jmx) {
    for (String domain : DOMAINS) {
      jmx.invoke("org.apache.james:type=component,name=domainlist", "addDomain", domain);
    }
    jmx.invoke("org.apache.james:type=component,name=usersrepository", "addUser", RUA, PASSWORD);
    say("Domains %s and the rua mailbox %s are there.".formatted(String.join(", ", DOMAINS), RUA));
  }

  private void deliver(List<Samples.Sample> samples, Ports ports) {
    SmtpClient smtp = new SmtpClient(ports.smtp());
    say(
        "Delivering %d mails by SMTP, their keys in a DNS server on loopback:"
            .formatted(samples.size()));
    for (Samples.Sample sample : samples) {
      say("  %-28s %s".formatted(sample.sender(), sample.title()));
      smtp.send(sample.sender(), RUA, sample.mail());
    }
  }

  private static void awaitReports(JmxClient jmx) {
    Waiting.until(
        DELIVERY, "James has worked through all mails", () -> judged(jmx) >= ExpectedFigures.MAILS);
  }

  private static long judged(JmxClient jmx) {
    String receiver = "io.tlsrpt:type=Receiver";
    return jmx.number(receiver, "ReportsAccepted")
        + jmx.number(receiver, "ReportsDuplicate")
        + jmx.number(receiver, "ReportsRejected");
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

  private void stop(JamesServer james) {
    if (james.isAlive()) {
      say("Stopping James ...");
    }
    james.close();
  }

  private int stay(JamesHome home) {
    say("");
    say("Look around with JConsole (Ctrl-C here ends James):");
    say("  jconsole > New Connection > Remote Process");
    say("    127.0.0.1:%d".formatted(home.ports().jmx()));
    say("    Username james-admin, Password the second word in");
    say("    %s".formatted(home.conf().resolve("jmxremote.password")));
    say("  Connect > Insecure connection (it is loopback)");
    say("  MBeans > io.tlsrpt > Domain > example.com > Attributes");
    say(
        "Deliver more to %s on port %d; James logs to %s"
            .formatted(RUA, home.ports().smtp(), home.log()));
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

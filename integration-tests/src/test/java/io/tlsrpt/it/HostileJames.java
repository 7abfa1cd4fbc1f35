// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import io.tlsrpt.testing.DkimSigner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * A James of 1 GiB that anybody writes to, and that tells what came of each mail. Mails end behind
 * our mailet: a mailbox would parse them with James' own means, whose cost is not ours.
 */
final class HostileJames implements AutoCloseable {
  static final String RUA = "tlsrpt@example.com";
  static final String RECEIVER = "io.tlsrpt:type=Receiver";

  /** To whom nobody sends reports: our mailet does not see his mails. */
  private static final String SOMEBODY = "somebody@example.com";

  private static final String SENDER = "anybody@reporter.example";

  private static final String END =
      "org.apache.james:type=component,component=mailetcontainer,name=processor,processor=ended,"
          + "subtype=mailet,index=0,*";

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Reporters reporters;
  private final JamesHome home;
  private final AtomicLong taken = new AtomicLong();
  private JamesServer server;
  private JmxClient jmx;

  private HostileJames(Reporters reporters, JamesHome home, JamesServer server) {
    this.reporters = reporters;
    this.home = home;
    this.server = server;
    this.jmx = server.jmx();
    addUsers();
  }

  /** Starts one that serves some domains; the rua address is in {@code example.com}. */
  static HostileJames start(String name, String... domains) {
    return start(name, home -> {}, domains);
  }

  /** Starts one whose SMTP server keeps what James' queue would lose of a header. */
  static HostileJames startWithHook(String name, String... domains) {
    String chain = "<handlerchain>";
    String hook = "<handler class=\"io.tlsrpt.mailet.HeaderOctetsHook\"/>";
    return start(name, home -> home.edit("smtpserver.xml", chain, chain + hook), domains);
  }

  private static HostileJames start(String name, Consumer<JamesHome> more, String... domains) {
    Reporters reporters = new Reporters();
    JamesHome home =
        JamesHome.create(Build.directory(name), Ports.free(), Build.jarForJames38())
            .withDns(reporters.dns())
            .withJvmOption("-Xmx1g")
            .serving(domains);
    home.edit(
        "mailetcontainer.xml", "<processor>transport</processor>", "<processor>ended</processor>");
    home.edit(
        "mailetcontainer.xml",
        "<processor state=\"transport\" enableJmx=\"true\">",
        """
        <processor state="ended" enableJmx="true">
          <mailet match="RecipientIs=%s" class="Null"/>
          <mailet match="All" class="Null"/>
        </processor>
        <processor state="transport" enableJmx="true">"""
            .formatted(SOMEBODY));
    more.accept(home);
    return new HostileJames(reporters, home, JamesServer.start(home));
  }

  /** The list of users of this James is gone when its process is. */
  private void addUsers() {
    Administrator administrator = new Administrator(jmx);
    administrator.addUser(RUA, "secret");
    administrator.addUser(SOMEBODY, "secret");
  }

  /** Ends James in order and starts it anew: what it had in memory only is gone, all counts too. */
  void restart() {
    jmx.close();
    server.close();
    taken.set(0);
    server = JamesServer.start(home);
    jmx = server.jmx();
    addUsers();
  }

  Reporters reporters() {
    return reporters;
  }

  JamesHome home() {
    return home;
  }

  JmxClient jmx() {
    return jmx;
  }

  String log() {
    return server.log();
  }

  /** A signer whose key is published. */
  DkimSigner signer(String domain) {
    return reporters.signer(domain);
  }

  /** Hands over a mail, whatever its line ends, and waits for nothing. */
  void send(byte[] mail) {
    new SmtpClient(server.ports().smtp()).send(SENDER, RUA, mail);
    taken.incrementAndGet();
  }

  /**
   * Begins to hand over many mails.
   *
   * @param aSecond how many, as long as James takes so many
   * @param mail by its number
   */
  Flood flood(int aSecond, int mails, IntFunction<byte[]> mail) {
    return new Flood(
        server.ports().smtp(),
        aSecond,
        mails,
        (connection, number) -> {
          connection.send(SENDER, RUA, mail.apply(number));
          taken.incrementAndGet();
        });
  }

  /** Mails to the rua address that James has taken since its start, singly or in a flood. */
  long taken() {
    return taken.get();
  }

  /** Hands over a mail that James handles without us, and waits until it has. */
  void pass(byte[] mail) {
    String end = jmx.names(END).getFirst();
    long before = jmx.number(end, "HandledMailCount");
    new SmtpClient(server.ports().smtp()).send(SENDER, SOMEBODY, mail);
    Waiting.until(
        PATIENCE, "the mail has passed", () -> jmx.number(end, "HandledMailCount") > before);
  }

  /** Hands over a mail several times, each of which ends in the same moment. */
  void sendAtOnce(byte[] mail, int times) {
    CyclicBarrier barrier = new CyclicBarrier(times);
    try (ExecutorService threads = Executors.newFixedThreadPool(times)) {
      List<Future<?>> sent = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        sent.add(
            threads.submit(
                () ->
                    new SmtpClient(server.ports().smtp())
                        .send(SENDER, RUA, mail, () -> await(barrier))));
      }
      Senders.await(sent);
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException("the other senders did not come as far", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Hands over a mail; the answer is its outcome, or the reason why it is rejected. */
  String judge(byte[] mail) {
    return judge(1, () -> send(mail)).getFirst();
  }

  String judge(String mail) {
    return judge(Octets.of(mail));
  }

  /** What came of all mails that were sent meanwhile, in alphabetical order. */
  List<String> judge(int mails, Runnable sending) {
    Map<String, Long> before = outcomes();
    long received = received();
    sending.run();
    Waiting.until(
        PATIENCE, mails + " mails are judged", () -> received() >= received + mails && isLawful());
    List<String> gained = new ArrayList<>();
    outcomes()
        .forEach(
            (outcome, count) -> {
              for (long i = before.getOrDefault(outcome, 0L); i < count; i++) {
                gained.add(outcome);
              }
            });
    return gained;
  }

  /** Whether each report has one outcome, or waits: the law that holds whatever comes in. */
  boolean isLawful() {
    return sum(outcomes()) == received();
  }

  /** How many reports have come to what; to waiting as well. */
  Map<String, Long> outcomes() {
    Map<String, Long> outcomes = new TreeMap<>(jmx.counts(RECEIVER, "RejectionsByReason"));
    outcomes.put("accepted", jmx.number(RECEIVER, "ReportsAccepted"));
    outcomes.put("duplicate", jmx.number(RECEIVER, "ReportsDuplicate"));
    outcomes.put("deferred", jmx.number(RECEIVER, "ReportsDeferred"));
    return outcomes;
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  long received() {
    return jmx.number(RECEIVER, "ReportsReceived");
  }

  boolean knows(String domain) {
    return jmx.exists(bean(domain));
  }

  long number(String domain, String attribute) {
    return jmx.number(bean(domain), attribute);
  }

  private static String bean(String domain) {
    return "io.tlsrpt:type=Domain,domain=" + domain;
  }

  /** CPU that the process has used, in milliseconds. */
  long cpu() {
    return jmx.number("java.lang:type=OperatingSystem", "ProcessCpuTime") / 1_000_000;
  }

  @Override
  public void close() {
    JamesServer last = server;
    try (reporters;
        last) {
      jmx.close();
    }
  }
}

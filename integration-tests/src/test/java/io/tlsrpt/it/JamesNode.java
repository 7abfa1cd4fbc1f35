// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import io.tlsrpt.testing.FreshDatabase;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.MBeanAttributeInfo;
import javax.management.Notification;
import javax.management.openmbean.CompositeData;

/**
 * One of several James 3.8 that share a database, with a listener for what it tells of failures.
 */
final class JamesNode implements AutoCloseable {
  private static final String RECEIVER = "io.tlsrpt:type=Receiver";
  private static final String DOMAIN = "io.tlsrpt:type=Domain,domain=";
  private static final String RUA = "tlsrpt@example.com";
  private static final String ADMIN = "admin@example.com";
  private static final String PASSWORD = "secret";
  private static final Duration DELIVERY = Duration.ofSeconds(90);
  private static final Duration GATHERING = Duration.ofSeconds(3);

  private final JamesServer james;
  private final JmxClient jmx;
  private final List<String> told = new CopyOnWriteArrayList<>();

  private JamesNode(JamesServer james, JmxClient jmx) {
    this.james = james;
    this.jmx = jmx;
  }

  /** Makes a new home and starts James in it. */
  static JamesNode start(String name, Reporters reporters, FreshDatabase database) {
    return start(
        JamesHome.create(Build.directory(name), Ports.free(), Build.jarForJames38())
            .withDns(reporters.dns())
            .withDatabase(database)
            .withNotifications(ADMIN, GATHERING)
            .serving("example.com", "example.org", "example.net"));
  }

  private static JamesNode start(JamesHome home) {
    JamesServer james = JamesServer.start(home);
    JamesNode node = new JamesNode(james, james.jmx());
    node.jmx.listen(RECEIVER, node::note);
    // Users are gone when a James has ended.
    new Administrator(node.jmx).addUser(RUA, PASSWORD);
    new Administrator(node.jmx).addUser(ADMIN, PASSWORD);
    return node;
  }

  private void note(Notification notification) {
    if (notification.getType().startsWith("io.tlsrpt.failure.")) {
      CompositeData data = (CompositeData) notification.getUserData();
      told.add(notification.getType() + " " + data.get("domain"));
    }
  }

  /** The same node after a crash of its process. */
  JamesNode restarted() {
    jmx.close();
    james.kill();
    return start(james.home());
  }

  void send(String reporter, String mail) {
    new SmtpClient(james.ports().smtp()).send("tls-reports@" + reporter, RUA, mail);
  }

  /** The types of its notifications of failures, each with the domain. */
  List<String> told() {
    return List.copyOf(told);
  }

  /** The mails that this node has sent to its administrator, as soon as one has this text. */
  String mailsUntil(String text) {
    ImapClient inbox = new ImapClient(james.ports().imap(), ADMIN, PASSWORD);
    AtomicReference<String> mails = new AtomicReference<>("");
    Waiting.until(
        DELIVERY,
        "a mail tells: " + text,
        () -> {
          mails.set(String.join("\n", inbox.some()));
          return mails.get().contains(text);
        });
    return mails.get();
  }

  String log() {
    return james.log();
  }

  /** An attribute of the receiver. */
  long number(String attribute) {
    return jmx.number(RECEIVER, attribute);
  }

  boolean storeAvailable() {
    return Boolean.parseBoolean(jmx.text(RECEIVER, "StoreAvailable"));
  }

  /** How many reports each domain has. */
  Map<String, Long> reports() {
    return domains().collect(Collectors.toMap(Function.identity(), this::reports));
  }

  private long reports(String domain) {
    return jmx.number(DOMAIN + domain, "Reports");
  }

  /** Each attribute of each domain. */
  Map<String, Map<String, String>> figures() {
    return domains().collect(Collectors.toMap(Function.identity(), this::attributes));
  }

  private Stream<String> domains() {
    return jmx.names(DOMAIN + "*").stream()
        .map(name -> name.replaceFirst(".*domain=([^,]+).*", "$1"));
  }

  private Map<String, String> attributes(String domain) {
    Map<String, String> values = new TreeMap<>();
    for (MBeanAttributeInfo attribute : jmx.info(DOMAIN + domain).getAttributes()) {
      Object value = jmx.value(DOMAIN + domain, attribute.getName());
      values.put(
          attribute.getName(),
          value instanceof Object[] items ? Arrays.deepToString(items) : String.valueOf(value));
    }
    return values;
  }

  @Override
  public void close() {
    jmx.close();
    james.close();
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import io.tlsrpt.webadmin.RunningReceiver;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.Notification;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.apache.james.core.Domain;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.domainlist.api.DomainListException;
import org.apache.mailet.AttributeName;
import org.apache.mailet.MailetContext;
import org.apache.mailet.base.test.FakeMail;
import org.apache.mailet.base.test.FakeMailContext;
import org.apache.mailet.base.test.FakeMailetConfig;

/**
 * A receiver on an MBean server of its own, for a server that serves example.com and example.org.
 */
final class ReceiverFixture {
  static final List<String> SERVED = List.of("example.com", "example.org");

  static final Instant NOW = Instant.parse("2026-06-02T15:00:00Z");

  private final MBeanServer beans = MBeanServerFactory.newMBeanServer();
  private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);
  private final Path directory;
  private final SharedReceiver receiver;
  private final List<TlsReportMailet> blocks = new ArrayList<>();
  private final AtomicInteger domainQuestions = new AtomicInteger();
  private volatile boolean domainsAvailable = true;

  ReceiverFixture() {
    this(Path.of("target", "receivers", UUID.randomUUID().toString()));
  }

  /** A receiver of a server that may have run in the directory before. */
  ReceiverFixture(Path directory) {
    this.directory = directory;
    receiver =
        new SharedReceiver(beans, clock::get, directory, domainList(), new RunningReceiver());
  }

  /**
   * A block of the mailet with {@code dkim=off}. Parameters are names and values in turn; of equal
   * names the last one counts.
   */
  TlsReportMailet mailet(String... parameters) throws MessagingException {
    return strictMailet(
        Stream.concat(Stream.of("dkim", "off"), Arrays.stream(parameters)).toArray(String[]::new));
  }

  /**
   * A block of the mailet with the defaults, but for these parameters, and but for {@code checks},
   * which is {@code off}: else a test whose days pass would ask the DNS of whoever runs it.
   */
  TlsReportMailet strictMailet(String... parameters) throws MessagingException {
    TlsReportMailet mailet = new TlsReportMailet(receiver);
    mailet.init(
        config(
            this,
            Stream.concat(Stream.of("checks", "off"), Arrays.stream(parameters))
                .toArray(String[]::new)));
    blocks.add(mailet);
    return mailet;
  }

  /** The server stops. */
  void stop() {
    blocks.forEach(TlsReportMailet::destroy);
    blocks.clear();
  }

  void pass(Duration time) {
    clock.updateAndGet(now -> now.plus(time));
  }

  void setDomainsAvailable(boolean available) {
    domainsAvailable = available;
  }

  /** The outcome and the reason, if any, in the attributes that later mailets read. */
  static String outcome(FakeMail mail) {
    return Stream.of(TlsReportMailet.OUTCOME, TlsReportMailet.REASON)
        .flatMap(name -> mail.getAttribute(AttributeName.of(name)).stream())
        .map(attribute -> String.valueOf(attribute.getValue().value()))
        .collect(Collectors.joining(" "));
  }

  /** The files of the mails that wait. */
  List<Path> deferred() throws IOException {
    Path deferred = directory.resolve("deferred");
    if (!Files.exists(deferred)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(deferred)) {
      return files.filter(file -> !file.endsWith("lock")).sorted().toList();
    }
  }

  Path directory() {
    return directory;
  }

  static FakeMailetConfig config(String... parameters) {
    return config(new ReceiverFixture(), parameters);
  }

  private static FakeMailetConfig config(ReceiverFixture server, String... parameters) {
    FakeMailetConfig.Builder config =
        FakeMailetConfig.builder().mailetName("TlsReportMailet").mailetContext(server.serving());
    for (int i = 0; i < parameters.length; i += 2) {
      config.setProperty(parameters[i], parameters[i + 1]);
    }
    return config.build();
  }

  List<String> names() {
    try {
      return beans.queryNames(new ObjectName("io.tlsrpt:*"), null).stream()
          .map(ObjectName::getCanonicalName)
          .sorted()
          .toList();
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }

  void unregister(String name) throws JMException {
    beans.unregisterMBean(new ObjectName(name));
  }

  long receiver(String attribute) {
    return (Long) value("io.tlsrpt:type=Receiver", attribute);
  }

  long domain(String domain, String attribute) {
    return (Long) value("io.tlsrpt:type=Domain,domain=" + domain, attribute);
  }

  /** All attributes of a bean that are not null. */
  Map<String, Object> values(String bean) throws JMException {
    ObjectName name = new ObjectName(bean);
    Map<String, Object> values = new LinkedHashMap<>();
    for (MBeanAttributeInfo attribute : beans.getMBeanInfo(name).getAttributes()) {
      Object value = beans.getAttribute(name, attribute.getName());
      if (value != null) {
        values.put(attribute.getName(), value);
      }
    }
    return values;
  }

  /** The rejections that are not 0. */
  Map<String, Long> rejections() {
    CompositeData data = (CompositeData) value("io.tlsrpt:type=Receiver", "RejectionsByReason");
    Map<String, Long> counts = new LinkedHashMap<>();
    for (String reason : data.getCompositeType().keySet()) {
      long count = (Long) data.get(reason);
      if (count > 0) {
        counts.put(reason, count);
      }
    }
    return counts;
  }

  Object value(String bean, String attribute) {
    try {
      return beans.getAttribute(new ObjectName(bean), attribute);
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Asks the receiver's bean. */
  Object ask(String operation, Object... arguments) throws JMException {
    return beans.invoke(
        new ObjectName("io.tlsrpt:type=Receiver"),
        operation,
        arguments,
        Arrays.stream(arguments).map(a -> a.getClass().getName()).toArray(String[]::new));
  }

  void listen(String bean, Consumer<Notification> listener) throws JMException {
    beans.addNotificationListener(
        new ObjectName(bean),
        (notification, handback) -> listener.accept(notification),
        null,
        null);
  }

  /** The object that the container injects into mailets and health checks. */
  SharedReceiver receiver() {
    return receiver;
  }

  /** James' fake context, with our own list of served domains. */
  private MailetContext serving() {
    MailetContext fake = FakeMailContext.defaultContext();
    return (MailetContext)
        Proxy.newProxyInstance(
            MailetContext.class.getClassLoader(),
            new Class<?>[] {MailetContext.class},
            (proxy, method, arguments) ->
                method.getName().equals("isLocalServer")
                    ? isServed(((Domain) arguments[0]).asString())
                    : method.invoke(fake, arguments));
  }

  DomainList domainList() {
    return (DomainList)
        Proxy.newProxyInstance(
            DomainList.class.getClassLoader(),
            new Class<?>[] {DomainList.class},
            (proxy, method, arguments) -> {
              if (!domainsAvailable) {
                throw new DomainListException("the backend of the domain list is down");
              }
              return SERVED.stream().map(Domain::of).toList();
            });
  }

  /** How often the server was asked whether it serves a domain. */
  int domainQuestions() {
    return domainQuestions.get();
  }

  private boolean isServed(String domain) {
    domainQuestions.incrementAndGet();
    if (!domainsAvailable) {
      throw new IllegalStateException("the backend of the domain list is down");
    }
    return SERVED.contains(domain);
  }
}

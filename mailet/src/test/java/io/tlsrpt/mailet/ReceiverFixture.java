// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import jakarta.mail.MessagingException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.apache.james.core.Domain;
import org.apache.mailet.MailetContext;
import org.apache.mailet.base.test.FakeMailContext;
import org.apache.mailet.base.test.FakeMailetConfig;

/**
 * A receiver on an MBean server of its own, for a server that serves example.com and example.org.
 */
final class ReceiverFixture {
  static final Instant NOW = Instant.parse("2026-06-02T15:00:00Z");

  private final MBeanServer beans = MBeanServerFactory.newMBeanServer();
  private final Receiver receiver = new Receiver(beans, () -> NOW);

  /** A block of the mailet; parameters are names and values in turn. */
  TlsReportMailet mailet(String... parameters) throws MessagingException {
    TlsReportMailet mailet = new TlsReportMailet(receiver);
    mailet.init(config(parameters));
    return mailet;
  }

  static FakeMailetConfig config(String... parameters) {
    FakeMailetConfig.Builder config =
        FakeMailetConfig.builder()
            .mailetName("TlsReportMailet")
            .mailetContext(serving("example.com", "example.org"));
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

  /** James' fake context, but for the domains that it serves. */
  private static MailetContext serving(String... domains) {
    MailetContext fake = FakeMailContext.defaultContext();
    return (MailetContext)
        Proxy.newProxyInstance(
            MailetContext.class.getClassLoader(),
            new Class<?>[] {MailetContext.class},
            (proxy, method, arguments) ->
                method.getName().equals("isLocalServer")
                    ? List.of(domains).contains(((Domain) arguments[0]).asString())
                    : method.invoke(fake, arguments));
  }
}

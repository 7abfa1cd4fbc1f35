// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.jmx;

import io.tlsrpt.benchmarks.Timings;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The process that has the beans, started by {@link JmxScale}: says what it measures itself, line
 * by line, and waits to be read until its standard input ends.
 */
public final class JmxScaleServer {
  private JmxScaleServer() {}

  /** Layout and number of domains. */
  public static void main(String[] args) throws Exception {
    JmxLayout layout = JmxLayout.parse(args[0]);
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ScaledStates states = new ScaledStates(Integer.parseInt(args[1]));
    Runnable registration = layout.prepare(states);
    long before = heap();
    registration.run();
    say("heap", heap() - before);
    server.queryNames(new ObjectName("*:type=Domain,*"), null);
    say("queried", heap() - before);
    Timings read = Timings.of(() -> FullRead.of(server, layout.pattern()));
    say("read", read.format());
    FullRead all = FullRead.of(server, layout.pattern());
    say("beans", all.beans());
    say("values", all.values());
    if (layout != JmxLayout.MICROMETER) {
      MetricsAnswer answer =
          new MetricsAnswer(
              layout == JmxLayout.BEANS
                  ? ExporterBeans.source(states)
                  : ExporterBeans.lookedAt(states));
      say("answer", Timings.of(answer).format());
      say("garbage", answer.garbage());
    }
    say("ready", "");
    while (System.in.read() >= 0) {}
    Reference.reachabilityFence(registration);
  }

  private static long heap() {
    for (int i = 0; i < 5; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static void say(String what, Object value) {
    System.out.println(what + " " + value);
  }
}

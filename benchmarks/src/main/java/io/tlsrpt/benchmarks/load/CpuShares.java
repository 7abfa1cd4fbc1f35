// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * For what a server used its CPU, from a recording of samples that are taken by CPU time. Compiler
 * and collector are not in it: samples are those of Java's threads.
 *
 * @param total CPU in nanoseconds, as all others
 * @param steps that of the mailet by step of the intake
 * @param owners the same by whose code it was that ran
 */
record CpuShares(long total, Map<String, Long> steps, Map<String, Long> owners) {
  static final String EVENT = "jdk.CPUTimeSample";

  /** CPU time from one sample to the next; each says what it really was. */
  static final String PERIOD = "1ms";

  private static final String MAILET = "io.tlsrpt.mailet.TlsReportMailet.service";

  /** A name, and how the methods begin by which it is told; the first that fits. */
  private record Mark(String name, List<String> methods) {
    static Mark of(String name, String... methods) {
      return new Mark(name, List.of(methods));
    }

    boolean isIn(List<String> stack) {
      return stack.stream().anyMatch(method -> methods.stream().anyMatch(method::startsWith));
    }
  }

  private static final List<Mark> STEPS =
      List.of(
          Mark.of("take the mail from the server", "io.tlsrpt.mailet.james.MailReader."),
          Mark.of("find the report part", "io.tlsrpt.receiver.intake.MailReports.find"),
          Mark.of("authenticate", "io.tlsrpt.receiver.intake.Authentication.of"),
          Mark.of("decompress and parse", "io.tlsrpt.receiver.intake.MailReports.read"),
          Mark.of("keep our domains", "io.tlsrpt.receiver.intake.DomainFilter.keepOurs"),
          Mark.of("store", "io.tlsrpt.store.sqlite.SqliteReportStore.commit"),
          Mark.of("show, count and the rest", MAILET));

  private static final Mark NOTIFICATIONS =
      Mark.of("notice transitions", "io.tlsrpt.receiver.DomainMonitor.");

  private static final List<Mark> OWNERS =
      List.of(
          Mark.of("RSA and Ed25519", "sun.security.rsa.", "sun.security.ec."),
          Mark.of("SHA-256", "sun.security.provider."),
          Mark.of("SQLite", "org.sqlite."),
          Mark.of("James, writing the mail out", "org.apache.james.server.core."),
          Mark.of("Jakarta Mail", "javax.mail.", "com.sun.mail."),
          Mark.of("zlib", "java.util.zip."),
          Mark.of("Jackson", "io.tlsrpt.shaded.jackson."),
          Mark.of("meters", "io.tlsrpt.shaded.micrometer.", "io.tlsrpt.shaded.metrics."),
          Mark.of("threads that wait and wake", "java.util.concurrent.locks.LockSupport."),
          Mark.of("ours: signatures", "io.tlsrpt.dkim."),
          Mark.of("ours: body parts", "io.tlsrpt.receiver.mime."),
          Mark.of("ours: octets and header", "io.tlsrpt.message."),
          Mark.of("ours: the rest, and the JDK for us", ""));

  /** Reads a recording. */
  static CpuShares of(Path recording) {
    Map<String, Long> steps = new TreeMap<>();
    Map<String, Long> owners = new TreeMap<>();
    long total = 0;
    try (RecordingFile file = new RecordingFile(recording)) {
      while (file.hasMoreEvents()) {
        RecordedEvent event = file.readEvent();
        if (!event.getEventType().getName().equals(EVENT)) {
          continue;
        }
        long nanos = event.getDuration("samplingPeriod").toNanos();
        total += nanos;
        List<String> stack = methods(event);
        Optional<String> step = firstIn(stack, STEPS);
        if (step.isPresent()) {
          steps.merge(step.get(), nanos, Long::sum);
          owners.merge(firstIn(stack, OWNERS).orElseThrow(), nanos, Long::sum);
        } else if (NOTIFICATIONS.isIn(stack)) {
          steps.merge(NOTIFICATIONS.name(), nanos, Long::sum);
          owners.merge(NOTIFICATIONS.name(), nanos, Long::sum);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new CpuShares(total, steps, owners);
  }

  private static Optional<String> firstIn(List<String> stack, List<Mark> marks) {
    return marks.stream().filter(mark -> mark.isIn(stack)).map(Mark::name).findFirst();
  }

  /** From the innermost one up to the mailet, below which all is the server's. */
  private static List<String> methods(RecordedEvent event) {
    List<String> methods = new ArrayList<>();
    if (event.getStackTrace() != null) {
      for (RecordedFrame frame : event.getStackTrace().getFrames()) {
        String method = frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
        methods.add(method);
        if (method.equals(MAILET)) {
          break;
        }
      }
    }
    return methods;
  }
}

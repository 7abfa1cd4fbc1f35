// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.jmx;

import com.sun.management.ThreadMXBean;
import io.tlsrpt.view.FiguresSource;
import io.tlsrpt.webadmin.metrics.Metrics;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * The pages' answer to Prometheus, which asks for gzip, without the server that sends it: the same
 * series as the agent's.
 */
public record MetricsAnswer(FiguresSource source) implements Callable<Void> {
  private static final int BUFFER = 16 * 1024;

  @Override
  public Void call() throws IOException {
    try (OutputStream out = new Gzip()) {
      Metrics.of(source, "application/openmetrics-text").writeTo(out);
    }
    return null;
  }

  /** What one answer allocates, in bytes. */
  public long garbage() throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    call();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  /** As the pages compress. */
  private static final class Gzip extends GZIPOutputStream {
    Gzip() throws IOException {
      super(OutputStream.nullOutputStream(), BUFFER);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}

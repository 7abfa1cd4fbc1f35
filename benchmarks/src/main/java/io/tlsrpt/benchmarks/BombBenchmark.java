// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks;

import io.tlsrpt.report.ContentForm;
import io.tlsrpt.report.ParseResult;
import io.tlsrpt.report.ReportLimits;
import io.tlsrpt.report.parser.ReportParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A gzip bomb of 1 MB, which holds a thousand times that, refused; beside inflating up to the
 * limit.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class BombBenchmark {
  private static final int MEGABYTE = 1 << 20;

  private final ReportParser parser = new ReportParser(ReportLimits.DEFAULT);
  private byte[] bomb = new byte[0];

  /** What the bomb has a thousand megabytes of. */
  @Param({" ", "0,", "{},"})
  String repeated;

  @Setup
  public void build() throws IOException {
    byte[] some = repeated.repeat(MEGABYTE / repeated.length()).getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write("{\"unknown\":[".getBytes(StandardCharsets.UTF_8));
      while (out.size() < MEGABYTE) {
        gzip.write(some);
      }
    }
    bomb = out.toByteArray();
  }

  @Benchmark
  public List<ParseResult> refused() {
    return parser.parse(new ByteArrayInputStream(bomb), ContentForm.GZIP);
  }

  @Benchmark
  public long inflatedToTheLimit() throws IOException {
    byte[] buffer = new byte[8192];
    long left = ReportLimits.DEFAULT.maxReportSize();
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bomb), 8192)) {
      for (int n = in.read(buffer); n > 0 && left > 0; n = in.read(buffer)) {
        left -= n;
      }
    }
    return left;
  }
}

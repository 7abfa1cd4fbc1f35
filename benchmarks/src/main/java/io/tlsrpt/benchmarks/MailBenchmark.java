// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks;

import io.tlsrpt.message.RawMail;
import io.tlsrpt.receiver.mime.BodyPart;
import io.tlsrpt.receiver.mime.BodyReader;
import io.tlsrpt.receiver.mime.ReportHeader;
import io.tlsrpt.receiver.mime.ReportParts;
import io.tlsrpt.report.ContentForm;
import io.tlsrpt.report.ParseResult;
import io.tlsrpt.report.ReportLimits;
import io.tlsrpt.report.parser.ReportParser;
import io.tlsrpt.testing.DkimKey;
import io.tlsrpt.testing.DkimSigner;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A small report mail from its octets to records, without its signature, and each step of that. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class MailBenchmark {
  private final ReportReading reading = new ReportReading();
  private final byte[] octets =
      SampleMail.signedBy(
          DkimSigner.of("reporter.example", "s1", DkimKey.ed25519())
              .withAlgorithm("ed25519-sha256"));
  private final RawMail mail = RawMail.of(octets, octets.length);
  private final BodyPart part = reading.labelled(mail).getFirst();
  private final BodyReader bodies = new BodyReader(new ReportParser(ReportLimits.DEFAULT));
  private final ReportParser parser = new ReportParser(ReportLimits.DEFAULT);
  private final byte[] gzip = SampleReport.TYPICAL.gzip();

  @Benchmark
  public List<ParseResult> records() {
    return reading.read(RawMail.of(octets, octets.length));
  }

  @Benchmark
  public RawMail header() {
    return RawMail.of(octets, octets.length);
  }

  @Benchmark
  public ReportParts.Search walk() {
    return reading.search(mail);
  }

  @Benchmark
  public ReportHeader reportHeader() {
    return ReportHeader.of(mail.header());
  }

  /** The part is short enough that all of it is decoded, and a glance tells the rest. */
  @Benchmark
  public boolean base64() {
    return bodies.mayBeReport(part);
  }

  @Benchmark
  public List<ParseResult> gunzipAndParse() {
    return parser.parse(new ByteArrayInputStream(gzip), ContentForm.GZIP);
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tlsrpt.report.ContentForm;
import io.tlsrpt.report.ParseResult;
import io.tlsrpt.report.ReportLimits;
import io.tlsrpt.report.parser.ReportParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
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
import org.openjdk.jmh.infra.Blackhole;

/** From compressed bytes to records, beside what the work consists of and other ways to do it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ReadingBenchmark {
  @Param SampleReport report;

  private final ReportParser parser = new ReportParser(ReportLimits.DEFAULT);
  private final JsonFactory factory = new JsonFactory();
  private final ObjectMapper mapper = new ObjectMapper();
  private byte[] gzip = new byte[0];

  @Setup
  public void compress() {
    gzip = report.gzip();
  }

  @Benchmark
  public List<ParseResult> records() {
    return parser.parse(new ByteArrayInputStream(gzip), ContentForm.GZIP);
  }

  @Benchmark
  public long gunzip() throws IOException {
    try (InputStream in = inflated()) {
      return in.transferTo(OutputStream.nullOutputStream());
    }
  }

  @Benchmark
  public void tokenScan(Blackhole blackhole) throws IOException {
    try (JsonParser json = factory.createParser(inflated())) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME) {
          blackhole.consume(json.getText());
        } else if (token == JsonToken.VALUE_NUMBER_INT) {
          blackhole.consume(json.getLongValue());
        }
      }
    }
  }

  @Benchmark
  public Bound dataBinding() throws IOException {
    return mapper.readValue(inflated(), Bound.class);
  }

  @Benchmark
  public JsonNode tree() throws IOException {
    return mapper.readTree(inflated());
  }

  private InputStream inflated() throws IOException {
    return new GZIPInputStream(new ByteArrayInputStream(gzip), 8192);
  }

  /** The RFC's members for data binding, without anything that real reports ask for. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Bound(
      @JsonProperty("organization-name") String organizationName,
      @JsonProperty("date-range") Range dateRange,
      @JsonProperty("contact-info") String contactInfo,
      @JsonProperty("report-id") String reportId,
      List<Entry> policies) {}

  record Range(
      @JsonProperty("start-datetime") String start, @JsonProperty("end-datetime") String end) {}

  record Entry(
      BoundPolicy policy,
      BoundSummary summary,
      @JsonProperty("failure-details") List<Detail> failureDetails) {}

  record BoundPolicy(
      @JsonProperty("policy-type") String policyType,
      @JsonProperty("policy-string") List<String> policyString,
      @JsonProperty("policy-domain") String policyDomain,
      @JsonProperty("mx-host") List<String> mxHost) {}

  record BoundSummary(
      @JsonProperty("total-successful-session-count") long successful,
      @JsonProperty("total-failure-session-count") long failure) {}

  record Detail(
      @JsonProperty("result-type") String resultType,
      @JsonProperty("sending-mta-ip") String sendingMtaIp,
      @JsonProperty("receiving-mx-hostname") String receivingMxHostname,
      @JsonProperty("receiving-ip") String receivingIp,
      @JsonProperty("failed-session-count") long failedSessionCount,
      @JsonProperty("failure-reason-code") String failureReasonCode) {}
}

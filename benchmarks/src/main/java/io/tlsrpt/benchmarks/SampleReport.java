// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Reports of three sizes, compressed as they come. */
public enum SampleReport {
  /** No failure: what comes nearly always. */
  TYPICAL(0),
  MEDIUM(100),
  /** An outage at a large receiver: some 10 MB of JSON. */
  HUGE(45_000);

  private final int details;

  SampleReport(int details) {
    this.details = details;
  }

  byte[] gzip() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(json().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private String json() {
    StringBuilder failures = new StringBuilder();
    for (int i = 0; i < details; i++) {
      failures.append(i == 0 ? "" : ",").append(detail(i));
    }
    return """
        {"organization-name":"Reporter Inc.","date-range":{"start-datetime":"2026-05-01T00:00:00Z",\
        "end-datetime":"2026-05-01T23:59:59Z"},"contact-info":"tls-reports@reporter.example",\
        "report-id":"2026-05-01T00:00:00Z_example.com","policies":[{"policy":{"policy-type":"sts",\
        "policy-string":["version: STSv1","mode: enforce","mx: *.mail.example.com","max_age: 604800"],\
        "policy-domain":"example.com","mx-host":["*.mail.example.com"]},\
        "summary":{"total-successful-session-count":5326,"total-failure-session-count":%d},\
        "failure-details":[%s]}]}
        """
        .formatted(details, failures);
  }

  private static String detail(int i) {
    return """
        {"result-type":"certificate-expired","sending-mta-ip":"192.0.%d.%d",\
        "receiving-mx-hostname":"mx%d.mail.example.com","receiving-ip":"198.51.100.%d",\
        "failed-session-count":%d,"failure-reason-code":"X509_V_ERR_CERT_HAS_EXPIRED"}"""
        .formatted(i / 250 % 250, i % 250, i % 7, i % 100, i % 13 + 1);
  }
}

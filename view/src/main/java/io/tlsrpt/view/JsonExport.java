// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.view;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.PolicyKind;
import io.tlsrpt.figures.SessionCounts;
import io.tlsrpt.figures.history.ReportQuery;
import io.tlsrpt.figures.history.StoredReport;
import io.tlsrpt.report.FailureDetails;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes stored reports as JSON, with the names of RFC 8460 §4 where it has names. The text is
 * ASCII and limited in size; its member {@code complete} says whether all reports are in it.
 */
final class JsonExport {
  private static final int MAX_LENGTH = 1 << 20;
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final int maxReports;
  private final List<String> reports = new ArrayList<>();
  private int length;
  private boolean complete = true;

  JsonExport(int maxReports) {
    this.maxReports = maxReports;
  }

  /** Adds a report; false if there is no room for it. */
  boolean add(StoredReport report) {
    String text = write(json -> write(json, report));
    length += text.length() + 1;
    complete = length <= MAX_LENGTH && reports.size() < maxReports;
    if (complete) {
      reports.add(text);
    }
    return complete;
  }

  String text(Instant now, ReportQuery query) {
    return write(
        json -> {
          json.writeStartObject();
          json.writeStringField("exported", now.toString());
          json.writeStringField("received-since", query.receivedSince().toString());
          if (query.domain().isPresent()) {
            json.writeStringField("policy-domain", query.domain().get().value());
          }
          json.writeBooleanField("complete", complete);
          json.writeArrayFieldStart("reports");
          for (String report : reports) {
            json.writeRawValue(report);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void write(JsonGenerator json, StoredReport kept) throws IOException {
    Contribution contribution = kept.contribution();
    json.writeStartObject();
    json.writeStringField("reporter", contribution.reporter().value());
    text(json, "report-id", kept.reportId());
    json.writeStringField("received", contribution.receivedAt().toString());
    json.writeObjectFieldStart("date-range");
    json.writeStringField("start-datetime", contribution.dateRange().startDatetime().toString());
    json.writeStringField("end-datetime", contribution.dateRange().endDatetime().toString());
    json.writeEndObject();
    json.writeStringField("policy-domain", contribution.domain().value());
    json.writeStringField("policy-mode", contribution.mode().key());
    sessions(json, "summary", contribution.headline());
    json.writeObjectFieldStart("summary-by-policy-type");
    for (Map.Entry<PolicyKind, SessionCounts> kind : contribution.byPolicyKind().entrySet()) {
      sessions(json, kind.getKey().key(), kind.getValue());
    }
    json.writeEndObject();
    json.writeObjectFieldStart("failures-by-result-type");
    for (FailureKind kind : contribution.failures().kinds()) {
      json.writeNumberField(kind.key(), contribution.failures().of(kind));
    }
    json.writeEndObject();
    json.writeArrayFieldStart("failure-details");
    for (FailureDetails details : contribution.details()) {
      write(json, details);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void sessions(JsonGenerator json, String name, SessionCounts counts)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("total-successful-session-count", counts.successful());
    json.writeNumberField("total-failure-session-count", counts.failed());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, FailureDetails details) throws IOException {
    json.writeStartObject();
    json.writeStringField("result-type", details.resultType().value());
    json.writeNumberField("failed-session-count", details.failedSessionCount());
    text(json, "sending-mta-ip", details.sendingMtaIp());
    text(json, "receiving-mx-hostname", details.receivingMxHostname());
    text(json, "receiving-mx-helo", details.receivingMxHelo());
    text(json, "receiving-ip", details.receivingIp());
    text(json, "additional-information", details.additionalInformation());
    text(json, "failure-reason-code", details.failureReasonCode());
    json.writeEndObject();
  }

  private static void text(JsonGenerator json, String name, Optional<String> text)
      throws IOException {
    if (text.isPresent()) {
      json.writeStringField(name, text.get());
    }
  }

  /** Something that is written as JSON. */
  private interface Part {
    void to(JsonGenerator json) throws IOException;
  }

  private static String write(Part part) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      part.to(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}

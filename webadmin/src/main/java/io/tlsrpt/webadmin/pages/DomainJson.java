// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.pages;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tlsrpt.figures.DomainFigures;
import io.tlsrpt.figures.FailureCounts;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.view.DomainRow;
import io.tlsrpt.webadmin.markup.Words;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes figures of domains, by the names that the beans have for them. */
final class DomainJson {
  private DomainJson() {}

  /** The members of a domain's row in the overview. */
  static void row(DomainRow row, JsonGenerator json) throws IOException {
    DomainFigures domain = row.figures();
    json.writeStringField("domain", domain.domain().value());
    json.writeStringField("state", row.health().key());
    json.writeStringField("policyMode", domain.mode().key());
    json.writeBooleanField("enforceReady", domain.enforceReady());
    json.writeNumberField("activeFailures", domain.active().failed());
    json.writeNumberField("activeSessions", domain.active().total());
    json.writeNumberField("failureRatio", domain.failureRatio());
    failures("failingTypes", domain.activeFailures(), json);
    text("oldestActiveFailure", domain.oldestActiveFailure(), json);
    json.writeNumberField("reporters", domain.reporters());
    json.writeNumberField("reportersOverdue", domain.reportersOverdue());
    text("lastReportTime", domain.totals().lastReportTime().map(Words::second), json);
    text("lastReportEnd", domain.totals().lastReportEnd().map(Words::second), json);
    json.writeArrayFieldStart("recentDays");
    for (Map.Entry<LocalDate, FailureCounts> day : new TreeMap<>(row.recentDays()).entrySet()) {
      json.writeStartObject();
      json.writeStringField("day", day.getKey().toString());
      json.writeNumberField("failed", day.getValue().sum());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** An object with sessions by kind of failure. */
  static void failures(String name, FailureCounts counts, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart(name);
    for (FailureKind kind : counts.kinds()) {
      json.writeNumberField(kind.key(), counts.of(kind));
    }
    json.writeEndObject();
  }

  /** A member that is left out if it has no value. */
  static void text(String name, Optional<?> value, JsonGenerator json) throws IOException {
    if (value.isPresent()) {
      json.writeStringField(name, value.get().toString());
    }
  }
}

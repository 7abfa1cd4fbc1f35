// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.pages;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tlsrpt.figures.receiver.DeferralReason;
import io.tlsrpt.figures.receiver.ReceiverState;
import io.tlsrpt.figures.receiver.RejectionReason;
import io.tlsrpt.report.Deviation;
import io.tlsrpt.view.ReceiverFigures;
import io.tlsrpt.webadmin.markup.Words;
import java.io.IOException;

/** Writes the receiver's figures, by the names that its bean has for them. */
final class ReceiverJson {
  private ReceiverJson() {}

  /** Counts by reason and kind; what is 0 is left out. */
  static void reasons(ReceiverState state, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("rejectionsByReason");
    for (RejectionReason reason : RejectionReason.values()) {
      count(reason.key(), state.rejected(reason), json);
    }
    json.writeEndObject();
    json.writeObjectFieldStart("deferralsByReason");
    for (DeferralReason reason : DeferralReason.values()) {
      count(reason.key(), state.deferred(reason), json);
    }
    json.writeEndObject();
    json.writeObjectFieldStart("deviationsByKind");
    for (Deviation kind : Deviation.values()) {
      count(kind.key(), state.deviating(kind), json);
    }
    json.writeEndObject();
  }

  private static void count(String name, long count, JsonGenerator json) throws IOException {
    if (count > 0) {
      json.writeNumberField(name, count);
    }
  }

  /** The members that the overview shows, too. */
  static void counts(ReceiverFigures receiver, JsonGenerator json) throws IOException {
    ReceiverState state = receiver.state();
    json.writeStringField("state", receiver.storeError().isPresent() ? "store-down" : "ok");
    json.writeNumberField("received", state.received());
    json.writeNumberField("accepted", state.accepted());
    json.writeNumberField("duplicate", state.duplicate());
    json.writeNumberField("rejected", state.rejected());
    json.writeNumberField("deferred", state.deferred());
    json.writeStringField("startTime", Words.second(state.startTime()));
    DomainJson.text("lastReportTime", state.lastReportTime().map(Words::second), json);
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.pages;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tlsrpt.figures.receiver.UnknownDomain;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.PlainText;
import io.tlsrpt.view.FiguresSource;
import io.tlsrpt.view.ReceiverFigures;
import io.tlsrpt.view.RejectedMail;
import io.tlsrpt.view.WaitingMail;
import io.tlsrpt.webadmin.http.Links;
import io.tlsrpt.webadmin.markup.Html;
import io.tlsrpt.webadmin.markup.Words;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * How the receiver is: what it took, what it refused, and what waits.
 *
 * @param time at which the figures were taken
 * @param domains monitored now
 * @param neverReported served domains without any report, by name
 * @param rejections the last one first
 * @param waiting the oldest first
 */
public record ReceiverHealth(
    Instant time,
    ReceiverFigures figures,
    long domains,
    List<DomainName> neverReported,
    List<RejectedMail> rejections,
    List<WaitingMail> waiting)
    implements Resource {
  public ReceiverHealth {
    requireNonNull(time, "time");
    requireNonNull(figures, "figures");
    neverReported = List.copyOf(neverReported);
    rejections = List.copyOf(rejections);
    waiting = List.copyOf(waiting);
  }

  public static ReceiverHealth of(FiguresSource source) {
    return new ReceiverHealth(
        source.now(),
        source.receiver(),
        source.domains().size(),
        source.neverReported().stream().sorted().toList(),
        source.lastRejections(),
        source.waiting());
  }

  @Override
  public String title() {
    return "Receiver";
  }

  @Override
  public Html html(Links links) {
    return new ReceiverPage(this, links).html();
  }

  @Override
  public void json(JsonGenerator json) throws IOException {
    json.writeStringField("time", Words.second(time));
    json.writeStringField("version", figures.version());
    json.writeStringField("dkimMode", figures.dkimMode());
    ReceiverJson.counts(figures, json);
    DomainJson.text("storeError", figures.storeError(), json);
    DomainJson.text("clockError", figures.clockError(), json);
    ReceiverJson.reasons(figures.state(), json);
    json.writeNumberField("domains", domains);
    json.writeNumberField("domainLimit", figures.domainLimit());
    json.writeArrayFieldStart("neverReported");
    for (DomainName domain : neverReported) {
      json.writeString(domain.value());
    }
    json.writeEndArray();
    json.writeArrayFieldStart("unknownDomains");
    for (UnknownDomain unknown : figures.unknownDomains()) {
      json.writeStartObject();
      json.writeStringField("domain", unknown.domain().value());
      json.writeStringField("reporter", unknown.reporter().value());
      json.writeNumberField("count", unknown.count());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("rejections");
    for (RejectedMail rejected : rejections) {
      json.writeStartObject();
      json.writeStringField("time", Words.second(rejected.receivedAt()));
      json.writeStringField("mail", PlainText.of(rejected.mail()));
      json.writeStringField("reason", rejected.reason().key());
      json.writeStringField("detail", detail(rejected));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("waiting");
    for (WaitingMail mail : waiting) {
      json.writeStartObject();
      json.writeStringField("since", Words.second(mail.receivedAt()));
      json.writeStringField("mail", PlainText.of(mail.mail()));
      json.writeStringField("reason", mail.reason().key());
      json.writeStringField("nextTry", Words.second(mail.nextTry()));
      json.writeNumberField("tries", mail.tries());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** What was met, of which strangers write a part. */
  static String detail(RejectedMail rejected) {
    return PlainText.of(rejected.detail(), 1_000);
  }
}

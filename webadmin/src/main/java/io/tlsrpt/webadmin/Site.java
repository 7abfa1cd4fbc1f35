// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tlsrpt.figures.history.HistoryUnavailableException;
import io.tlsrpt.webadmin.http.Answer;
import io.tlsrpt.webadmin.http.BadRequestException;
import io.tlsrpt.webadmin.http.Body;
import io.tlsrpt.webadmin.http.Format;
import io.tlsrpt.webadmin.http.Links;
import io.tlsrpt.webadmin.http.Parameters;
import io.tlsrpt.webadmin.http.Request;
import io.tlsrpt.webadmin.markup.Page;
import io.tlsrpt.webadmin.metrics.Metrics;
import io.tlsrpt.webadmin.pages.Csv;
import io.tlsrpt.webadmin.pages.FailureTypes;
import io.tlsrpt.webadmin.pages.NotConfigured;
import io.tlsrpt.webadmin.pages.OneDomain;
import io.tlsrpt.webadmin.pages.OneReport;
import io.tlsrpt.webadmin.pages.Overview;
import io.tlsrpt.webadmin.pages.Problem;
import io.tlsrpt.webadmin.pages.ReceiverHealth;
import io.tlsrpt.webadmin.pages.Reports;
import io.tlsrpt.webadmin.pages.Resource;
import io.tlsrpt.webadmin.pages.Running;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Answers requests for our addresses. May be used by many threads at once. */
public final class Site {
  private static final JsonFactory JSON = new JsonFactory();
  private static final List<String> METRICS = List.of("metrics");

  private final RunningReceiver receiver;
  private final Brake brake = Brake.ofHalf(Runtime.getRuntime().availableProcessors());

  public Site(RunningReceiver receiver) {
    this.receiver = requireNonNull(receiver, "receiver");
  }

  /** The answer to a request; never throws for what is in the request. */
  public Answer answer(Request request) {
    return request.segments().equals(METRICS)
        ? metrics(request)
        : brake.inTurn(() -> page(request));
  }

  private Answer page(Request request) {
    try {
      return answer(request, resource(request));
    } catch (BadRequestException e) {
      return answer(request, new Problem(Answer.BAD_REQUEST, String.valueOf(e.getMessage())));
    } catch (HistoryUnavailableException e) {
      return answer(request, new Problem(Answer.UNAVAILABLE, String.valueOf(e.getMessage())));
    }
  }

  /** Not a resource: it has formats of its own, and is there without a receiver, too. */
  private Answer metrics(Request request) {
    Metrics metrics =
        receiver
            .running()
            .map(running -> Metrics.of(running.source(), request.accept()))
            .orElseGet(() -> Metrics.none(request.accept()));
    Body.Stream body = metrics::writeTo;
    return new Answer(Answer.OK, metrics.contentType(), Map.of(), body);
  }

  private Resource resource(Request request) {
    return receiver
        .running()
        .map(running -> resource(request, running))
        .orElseGet(NotConfigured::new);
  }

  private static Resource resource(Request request, Running running) {
    Parameters parameters = request.parameters();
    List<String> path = request.segments();
    return switch (path.size()) {
      case 0 -> Overview.of(running.domains().snapshot(), running.source().receiver(), parameters);
      case 1 ->
          switch (path.getFirst()) {
            case "reports" -> Reports.of(running, parameters);
            case "failure-types" -> FailureTypes.all();
            case "receiver" -> ReceiverHealth.of(running.source());
            default -> nothing();
          };
      case 2 ->
          switch (path.getFirst()) {
            case "domains" -> OneDomain.of(path.getLast(), running, parameters);
            case "reports" -> OneReport.of(path.getLast(), running);
            case "failure-types" -> FailureTypes.of(path.getLast());
            default -> nothing();
          };
      default -> nothing();
    };
  }

  private static Problem nothing() {
    return new Problem(Answer.NOT_FOUND, "There is no such address.");
  }

  /** What was found for a request, in the representation that is asked for. */
  static Answer answer(Request request, Resource found) {
    Links links = request.links();
    Map<String, String> headers = found.headers(links);
    // A bad value of format, too, is answered as far as the rest of the request tells.
    Format format = found instanceof Problem ? request.acceptedFormat() : request.format();
    return switch (format) {
      case HTML ->
          new Answer(
              found.status(),
              Answer.HTML,
              headers,
              Page.of(found.title(), found.html(links), links));
      case JSON -> new Answer(found.status(), Answer.JSON, headers, json(found));
      case CSV ->
          found
              .csv()
              .map(csv -> answer(found.status(), headers, csv))
              .orElseThrow(() -> Parameters.bad("format", "csv", "html, json"));
    };
  }

  private static Answer answer(int status, Map<String, String> headers, Csv csv) {
    Map<String, String> all = new HashMap<>(headers);
    all.put("Content-Disposition", "attachment; filename=\"" + csv.name() + ".csv\"");
    return new Answer(status, Answer.CSV, all, csv.text());
  }

  private static String json(Resource found) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      found.json(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.append('\n').toString();
  }
}

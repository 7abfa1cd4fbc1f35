// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.pages;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tlsrpt.figures.DomainHealth;
import io.tlsrpt.view.DomainRow;
import io.tlsrpt.view.DomainRows;
import io.tlsrpt.view.ReceiverFigures;
import io.tlsrpt.webadmin.http.Links;
import io.tlsrpt.webadmin.http.Parameters;
import io.tlsrpt.webadmin.markup.Html;
import io.tlsrpt.webadmin.markup.Words;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All domains, or some of them, and how the receiver is.
 *
 * @param time at which the figures were taken
 * @param query what was asked for
 * @param counts domains by health, of all
 * @param total domains that fit the query
 * @param rows those on this page
 */
public record Overview(
    Instant time,
    Query query,
    Map<DomainHealth, Long> counts,
    int total,
    List<DomainRow> rows,
    ReceiverFigures receiver)
    implements Resource {

  /** The order of rows. */
  enum Sort {
    TROUBLE,
    NAME,
    FAILED,
    LAST
  }

  /**
   * Which domains are asked for.
   *
   * @param states any of these; all if empty
   * @param part of the name; empty for any
   */
  record Query(Set<DomainHealth> states, String part, Sort sort, int limit, int offset) {
    private static final int MOST_ROWS = 1_000;
    private static final int LARGEST_OFFSET = 20_000;

    public static Query of(Parameters parameters) {
      return new Query(
          parameters.choices("state", DomainHealth.class),
          parameters.text("q").orElse("").toLowerCase(Locale.ROOT),
          parameters.choice("sort", Sort.class).orElse(Sort.TROUBLE),
          parameters.number("limit", 100, 1, MOST_ROWS),
          parameters.number("offset", 0, 0, LARGEST_OFFSET));
    }

    private boolean fits(DomainRow row) {
      return (states.isEmpty() || states.contains(row.health()))
          && row.domain().value().contains(part);
    }

    private Comparator<DomainRow> order() {
      return switch (sort) {
        case TROUBLE -> DomainRow.BY_TROUBLE;
        case NAME -> Comparator.comparing(DomainRow::domain);
        case FAILED ->
            Comparator.comparing(
                    (DomainRow row) -> row.figures().active().failed(), Comparator.reverseOrder())
                .thenComparing(DomainRow.BY_TROUBLE);
        case LAST ->
            Comparator.comparing(
                    (DomainRow row) ->
                        row.figures().totals().lastReportTime().orElse(Instant.EPOCH),
                    Comparator.reverseOrder())
                .thenComparing(DomainRow::domain);
      };
    }
  }

  public Overview {
    requireNonNull(time, "time");
    requireNonNull(query, "query");
    rows = List.copyOf(rows);
    requireNonNull(receiver, "receiver");
  }

  public static Overview of(
      DomainRows.Snapshot all, ReceiverFigures receiver, Parameters parameters) {
    Query query = Query.of(parameters);
    List<DomainRow> fitting =
        all.rows().stream().filter(query::fits).sorted(query.order()).toList();
    return new Overview(
        all.time(),
        query,
        counts(all.rows()),
        fitting.size(),
        fitting.stream().skip(query.offset()).limit(query.limit()).toList(),
        receiver);
  }

  private static Map<DomainHealth, Long> counts(List<DomainRow> rows) {
    Map<DomainHealth, Long> counts = new EnumMap<>(DomainHealth.class);
    for (DomainHealth health : DomainHealth.values()) {
      counts.put(health, 0L);
    }
    rows.forEach(row -> counts.merge(row.health(), 1L, Long::sum));
    return counts;
  }

  @Override
  public String title() {
    return "Domains";
  }

  @Override
  public Html html(Links links) {
    return new OverviewPage(this, links).html();
  }

  @Override
  public void json(JsonGenerator json) throws IOException {
    json.writeStringField("time", Words.second(time));
    json.writeNumberField("total", total);
    json.writeNumberField("offset", query.offset());
    json.writeNumberField("limit", query.limit());
    json.writeObjectFieldStart("states");
    for (Map.Entry<DomainHealth, Long> state : counts.entrySet()) {
      json.writeNumberField(state.getKey().key(), state.getValue());
    }
    json.writeEndObject();
    json.writeObjectFieldStart("receiver");
    ReceiverJson.counts(receiver, json);
    json.writeEndObject();
    json.writeArrayFieldStart("domains");
    for (DomainRow row : rows) {
      json.writeStartObject();
      DomainJson.row(row, json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  @Override
  public Optional<Csv> csv() {
    return Optional.of(DomainCsv.of(rows, time));
  }
}

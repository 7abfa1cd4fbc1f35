// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.pages;

import static io.tlsrpt.webadmin.markup.Html.a;
import static io.tlsrpt.webadmin.markup.Html.el;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.guide.FailureAdvice;
import io.tlsrpt.figures.guide.FailureGroup;
import io.tlsrpt.figures.guide.FailureGuide;
import io.tlsrpt.report.PlainText;
import io.tlsrpt.webadmin.http.Answer;
import io.tlsrpt.webadmin.http.Links;
import io.tlsrpt.webadmin.markup.Html;
import io.tlsrpt.webadmin.markup.Prose;
import io.tlsrpt.webadmin.markup.Remedy;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Result types, each with what it means and what to do; the texts of {@code docs/failure-types.md}.
 *
 * @param kinds all, or the one that is asked for
 */
public record FailureTypes(List<FailureKind> kinds) implements Resource {
  public FailureTypes {
    kinds = List.copyOf(kinds);
  }

  public static FailureTypes all() {
    return new FailureTypes(List.of(FailureKind.values()));
  }

  public static Resource of(String key) {
    List<FailureKind> found =
        Arrays.stream(FailureKind.values()).filter(kind -> kind.key().equals(key)).toList();
    return found.isEmpty()
        ? new Problem(
            Answer.NOT_FOUND, "'" + PlainText.of(key) + "' is no result type that is known.")
        : new FailureTypes(found);
  }

  @Override
  public String title() {
    return kinds.size() == 1 ? kinds.getFirst().key() : "Failure types";
  }

  @Override
  public Html html(Links links) {
    return kinds.size() == 1
        ? Html.all(
            el("p", a(links.failureTypes(), "‹ All failure types")),
            advice(kinds.getFirst(), true),
            el(
                "p",
                a(
                    links.reports(Links.with("type", kinds.getFirst().key())),
                    "Reports of this type")))
        : Html.all(
            Arrays.stream(FailureGroup.values()).map(group -> section(group, links)).toList());
  }

  private Html section(FailureGroup group, Links links) {
    return el(
        "section",
        el("h2", group.title()),
        Html.all(
            kinds.stream()
                .filter(kind -> FailureGuide.of(kind).group() == group)
                .map(
                    kind ->
                        el(
                                "article",
                                el("h3", a(links.failureType(kind.key()), kind.key())),
                                advice(kind, false))
                            .with("class", "card"))
                .toList()));
  }

  private static Html advice(FailureKind kind, boolean open) {
    FailureAdvice advice = FailureGuide.of(kind);
    return Html.all(Prose.of(advice.explanation()), Remedy.of(advice, open));
  }

  @Override
  public void json(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("failureTypes");
    for (FailureKind kind : kinds) {
      FailureAdvice advice = FailureGuide.of(kind);
      json.writeStartObject();
      json.writeStringField("resultType", kind.key());
      json.writeStringField("group", advice.group().key());
      json.writeStringField("explanation", advice.explanation());
      json.writeArrayFieldStart("look");
      for (String command : advice.look().lines().toList()) {
        json.writeString(command);
      }
      json.writeEndArray();
      json.writeStringField("change", advice.change());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}

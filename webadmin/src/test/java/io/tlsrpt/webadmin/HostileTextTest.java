// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.tlsrpt.figures.receiver.RejectionReason;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.FailureDetails;
import io.tlsrpt.report.PlainText;
import io.tlsrpt.report.ResultType;
import io.tlsrpt.view.RejectedMail;
import io.tlsrpt.webadmin.SampleFigures.Told;
import io.tlsrpt.webadmin.pages.ReportsPage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * Whatever a sender writes into any field: a page has the elements that it has with {@code x} in
 * that field, the text is there as {@link PlainText} makes it, JSON can be parsed, and no cell of
 * the CSV is a formula.
 */
class HostileTextTest {
  private static final List<String> ADDRESSES =
      List.of(
          "/tlsrpt",
          "/tlsrpt/domains/a.example",
          "/tlsrpt/reports",
          "/tlsrpt/reports/1",
          "/tlsrpt/receiver");

  @Property(tries = 150)
  void pagesShouldHaveTheSameElementsWhateverIsInTheirTexts(@ForAll("texts") String text) {
    Asking hostile = asking(text);
    Asking tame = asking("x");
    for (String address : ADDRESSES) {
      assertThat(elements(hostile.page(address)))
          .as(address)
          .isEqualTo(elements(tame.page(address)));
    }
    assertThat(
            hostile
                .page("/tlsrpt/reports/1")
                .select("tbody tr:first-of-type td:last-of-type")
                .text())
        .isEqualTo(normal(ReportsPage.said(PlainText.of(text))));
  }

  @Property(tries = 150)
  void jsonShouldBeWellFormedWhateverIsInItsTexts(@ForAll("texts") String text) throws IOException {
    for (String address : ADDRESSES) {
      try (JsonParser json = new JsonFactory().createParser(asking(text).get(address).body())) {
        while (json.nextToken() != null) {
          assertThat(json.currentToken()).isNotNull();
        }
      }
    }
  }

  @Property(tries = 150)
  void csvShouldHaveNoFormulas(@ForAll("texts") String text) {
    String csv = asking(text).get("/tlsrpt/reports?format=csv").body();
    assertThat(cells(csv)).hasSize(3 * 15).noneMatch(cell -> cell.matches("(?s)[=+@\t\r-].*"));
  }

  /** The cells of all lines, read as RFC 4180 says. */
  private static List<String> cells(String csv) {
    Matcher cell =
        Pattern.compile("\\G(?:\"((?:[^\"]|\"\")*)\"|([^\",\r\n]*))(?:,|\r\n)").matcher(csv);
    List<String> cells = new ArrayList<>();
    int end = 0;
    while (end < csv.length() && cell.find()) {
      cells.add(cell.group(1) == null ? cell.group(2) : cell.group(1).replace("\"\"", "\""));
      end = cell.end();
    }
    assertThat(end).as("all is cells").isEqualTo(csv.length());
    return cells;
  }

  /** What is used against pages, and anything else. */
  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "'onmouseover='alert(1)",
            "</td></tr></table>",
            "<!--",
            "]]>",
            "&lt;b&gt;",
            "javascript:alert(1)",
            "{{7*7}}",
            "</style><script>",
            "=cmd|' /C calc'!A0",
            "@SUM(1)",
            "-1+1",
            "a\r\nb",
            "\u202egnp.exe",
            "\u0000",
            "\ud800",
            "%0d%0aSet-Cookie:x=1"),
        Arbitraries.strings().ofMaxLength(300));
  }

  /** Figures of a report that has the text in each field that is kept as it was written. */
  private static Asking asking(String text) {
    SampleFigures figures = new SampleFigures();
    figures.add(
        new Told("reporter.example", "a.example", "enforce", 1, 5),
        List.of(
            new FailureDetails(
                new ResultType(text.isEmpty() ? "x" : text),
                Optional.of(text),
                Optional.of(text),
                Optional.of(text),
                Optional.of(text),
                3,
                Optional.of(text),
                Optional.of(text))));
    figures.rejections.add(
        new RejectedMail(SampleFigures.NOW, text, RejectionReason.DKIM_FAILED, text));
    figures.storeError = Optional.of(text);
    // As checks give it: texts from outside are made plain where they come in.
    figures.postures =
        new OnePosture(
            new DomainName("a.example"), PlainText.of(text), PlainText.of("found " + text));
    return new Asking(figures);
  }

  /** All elements with the names of their attributes, in order. */
  private static List<String> elements(Document page) {
    return page.getAllElements().stream()
        .map(
            (Element element) ->
                element.tagName()
                    + element.attributes().asList().stream().map(a -> a.getKey()).toList())
        .toList();
  }

  /** Spaces as jsoup gives them. */
  private static String normal(String text) {
    return text.replaceAll("[ \u00a0]+", " ").strip();
  }
}

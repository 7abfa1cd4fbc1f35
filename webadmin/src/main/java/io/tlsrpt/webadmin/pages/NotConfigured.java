// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.pages;

import static io.tlsrpt.webadmin.markup.Html.all;
import static io.tlsrpt.webadmin.markup.Html.el;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tlsrpt.webadmin.http.Answer;
import io.tlsrpt.webadmin.http.Links;
import io.tlsrpt.webadmin.markup.Html;
import java.io.IOException;
import java.util.Map;

/** What all addresses show as long as no mailet runs. */
public record NotConfigured() implements Resource {
  private static final String BLOCK =
      """
      <mailet match="io.tlsrpt.mailet.IsTlsReport=tlsrpt@example.com" class="io.tlsrpt.mailet.TlsReportMailet">
        <onMailetException>propagate</onMailetException>
      </mailet>
      """;

  @Override
  public int status() {
    return Answer.UNAVAILABLE;
  }

  @Override
  public String title() {
    return "No mailet takes TLS reports yet";
  }

  @Override
  public Html html(Links links) {
    return all(
        el(
            "p",
            "These pages work, but nothing feeds them: James has no TlsReportMailet, or has not"
                + " started it yet. If James is starting, load this page again in a moment."),
        el("h2", "What to do"),
        el(
            "p",
            "Put this block into the processor root of mailetcontainer.xml, before the mailet"
                + " ToProcessor, with the address of your rua mailbox, and restart James:"),
        el("pre", BLOCK).with("tabindex", "0"));
  }

  @Override
  public void json(JsonGenerator json) throws IOException {
    json.writeStringField("state", "not-configured");
  }

  @Override
  public Map<String, String> headers(Links links) {
    return Map.of("Retry-After", "2");
  }
}

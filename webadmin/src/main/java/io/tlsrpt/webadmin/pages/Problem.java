// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.pages;

import static io.tlsrpt.webadmin.markup.Html.a;
import static io.tlsrpt.webadmin.markup.Html.all;
import static io.tlsrpt.webadmin.markup.Html.el;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tlsrpt.webadmin.http.Answer;
import io.tlsrpt.webadmin.http.Links;
import io.tlsrpt.webadmin.markup.Html;
import java.io.IOException;
import java.util.Map;

/**
 * Why a request cannot be answered. As JSON it has the members that WebAdmin's own errors have.
 *
 * @param status of HTTP
 * @param message in words
 */
public record Problem(int status, String message) implements Resource {
  @Override
  public String title() {
    return switch (status) {
      case Answer.BAD_REQUEST -> "This cannot be asked";
      case Answer.NOT_FOUND -> "Nothing is here";
      default -> "This cannot be shown now";
    };
  }

  @Override
  public Html html(Links links) {
    return all(
        el("p", message).with("class", "problem"),
        el("p", "Go back, or to ", a(links.overview(), "all domains"), "."));
  }

  @Override
  public void json(JsonGenerator json) throws IOException {
    json.writeNumberField("statusCode", status);
    json.writeStringField(
        "type",
        switch (status) {
          case Answer.BAD_REQUEST -> "InvalidArgument";
          case Answer.NOT_FOUND -> "notFound";
          default -> "ServerError";
        });
    json.writeStringField("message", message);
    json.writeNullField("details");
  }

  @Override
  public Map<String, String> headers(Links links) {
    return status == Answer.UNAVAILABLE ? Map.of("Retry-After", "2") : Map.of();
  }
}

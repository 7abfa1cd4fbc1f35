// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin;

import io.tlsrpt.webadmin.http.Answer;
import io.tlsrpt.webadmin.http.Links;
import io.tlsrpt.webadmin.markup.Page;
import io.tlsrpt.webadmin.markup.SignIn;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import spark.Filter;

/**
 * Does the same to every answer at our addresses, also to those that are WebAdmin's own: gives it
 * the headers that guard it, and to a browser that has not signed in the page to do so. Never
 * throws: WebAdmin would make a 500 of it.
 */
final class AnswerHeaders implements Filter {
  private static final int UNAUTHORIZED = 401;

  private static final Map<String, String> GUARDS =
      Map.of(
          "Content-Security-Policy", Page.SECURITY_POLICY,
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Cache-Control", "no-store",
          "Vary", "Accept, Accept-Encoding");

  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
  private static final List<String> CROSS_ORIGIN =
      List.of(
          ALLOW_ORIGIN,
          "Access-Control-Request-Method",
          "Access-Control-Allow-Methods",
          "Access-Control-Allow-Headers");

  @Override
  public void handle(spark.Request request, spark.Response response) {
    HttpServletResponse raw = response.raw();
    // Spark's own way to set a header adds a second one to what is there.
    GUARDS.forEach(raw::setHeader);
    // WebAdmin lets every web page read its answers, unless cors.origin names one.
    if ("*".equals(raw.getHeader(ALLOW_ORIGIN))) {
      CROSS_ORIGIN.forEach(name -> raw.setHeader(name, null));
    }
    if (raw.getStatus() == UNAUTHORIZED
        && AcceptHeaders.acceptsHtml(Optional.ofNullable(request.headers("Accept")))) {
      raw.setContentType(Answer.HTML);
      response.body(SignIn.page(Links.from(request.raw().getRequestURI())));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin;

import io.tlsrpt.view.PlainText;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import org.apache.james.webadmin.Routes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spark.Service;

/**
 * Our addresses in James' WebAdmin: the class to name in {@code extensions.routes} of {@code
 * webadmin.properties}. WebAdmin's own filter asks for credentials before anything of ours runs,
 * since that is what it does for all routes that are not public. Nothing but GET and HEAD is
 * answered, and no session is opened.
 */
public final class TlsReportRoutes implements Routes {
  private static final Logger LOGGER = LoggerFactory.getLogger(TlsReportRoutes.class);

  private static final String BASE = "/tlsrpt";

  /** Below it, gzip makes an answer hardly smaller. */
  private static final int WORTH_COMPRESSING = 1_000;

  private final Site site;

  /** For the container. */
  @Inject
  public TlsReportRoutes(RunningReceiver receiver) {
    this.site = new Site(receiver);
  }

  @Override
  public String getBasePath() {
    return BASE;
  }

  @Override
  public void define(Service service) {
    AnswerHeaders headers = new AnswerHeaders();
    // To Spark, an address with a slash at its end is another one.
    for (String path : List.of(BASE, BASE + "/", BASE + "/*")) {
      service.get(path, this::answer);
      // Left to itself, Spark answers every HEAD with 200.
      service.head(path, this::answer);
      service.afterAfter(path, headers);
    }
  }

  private String answer(spark.Request sent, spark.Response response) {
    Answer answer = answer(sent);
    HttpServletResponse raw = response.raw();
    raw.setStatus(answer.status());
    raw.setContentType(answer.type());
    answer.headers().forEach(raw::setHeader);
    if (answer.body().length() >= WORTH_COMPRESSING
        && AcceptHeaders.acceptsGzip(Optional.ofNullable(sent.headers("Accept-Encoding")))) {
      // Spark takes this header for the wish that it compress.
      raw.setHeader("Content-Encoding", "gzip");
    }
    return answer.body();
  }

  /** Never throws: what James would answer then is not what we say of errors. */
  private Answer answer(spark.Request sent) {
    String path = sent.raw().getRequestURI();
    boolean html = AcceptHeaders.acceptsHtml(Optional.ofNullable(sent.headers("Accept")));
    try {
      return site.answer(
          new Request(
              path,
              SentAddress.segments(path),
              SentAddress.parameters(Optional.ofNullable(sent.raw().getQueryString()).orElse("")),
              html));
    } catch (BadRequestException e) {
      return problem(path, html, Answer.BAD_REQUEST, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOGGER.error("The request for {} could not be answered", PlainText.of(path), e);
      return problem(path, html, Answer.FAILED, "The log of the server says why.");
    }
  }

  private static Answer problem(String path, boolean html, int status, String message) {
    return Site.answer(
        new Request(path, List.of(), Parameters.NONE, html), new Problem(status, message));
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin;

import io.tlsrpt.report.PlainText;
import io.tlsrpt.webadmin.http.Answer;
import io.tlsrpt.webadmin.http.BadRequestException;
import io.tlsrpt.webadmin.http.Body;
import io.tlsrpt.webadmin.http.FastGzip;
import io.tlsrpt.webadmin.http.Parameters;
import io.tlsrpt.webadmin.http.Request;
import io.tlsrpt.webadmin.http.SentAddress;
import io.tlsrpt.webadmin.pages.Problem;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
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
  private final AnswerHeaders headers = new AnswerHeaders();

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
    boolean gzip = AcceptHeaders.acceptsGzip(Optional.ofNullable(sent.headers("Accept-Encoding")));
    return switch (answer.content()) {
      case Body.Text(String text) -> {
        if (gzip && text.length() >= WORTH_COMPRESSING) {
          // Spark takes this header for the wish that it compress.
          raw.setHeader("Content-Encoding", "gzip");
        }
        yield text;
      }
      case Body.Stream stream -> {
        // Once a part is sent, it is too late for the filter that comes after all.
        headers.handle(sent, response);
        if (!sent.requestMethod().equals("HEAD")) {
          send(stream, gzip, raw);
        }
        // The answer has been sent: with an empty text, Spark adds nothing to it.
        yield "";
      }
    };
  }

  private static void send(Body.Stream stream, boolean gzip, HttpServletResponse raw) {
    if (gzip) {
      raw.setHeader("Content-Encoding", "gzip");
    }
    try (OutputStream out = gzip ? new FastGzip(raw.getOutputStream()) : raw.getOutputStream()) {
      stream.writeTo(out);
    } catch (IOException e) {
      LOGGER.debug("The client has gone before the end of the answer", e);
    }
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
              html,
              Optional.ofNullable(sent.headers("Accept")).orElse("")));
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

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.view.FiguresSource;
import io.tlsrpt.webadmin.RawHttp.Received;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our addresses in a real Spark that is set up like James' WebAdmin. */
class TlsReportRoutesTest {
  private static final String BROWSER = "Accept: text/html,application/xhtml+xml,*/*;q=0.8";
  private static final String HTML = "text/html;charset=utf-8";
  private static final String JSON = "application/json;charset=utf-8";
  private static final List<String> GUARDS =
      List.of(
          "Content-Security-Policy",
          "X-Content-Type-Options",
          "Referrer-Policy",
          "Cross-Origin-Resource-Policy",
          "Cache-Control",
          "Vary");
  private static final List<String> CROSS_ORIGIN =
      List.of(
          "Access-Control-Allow-Origin",
          "Access-Control-Request-Method",
          "Access-Control-Allow-Methods",
          "Access-Control-Allow-Headers");

  private static WebAdminLike open;
  private static WebAdminLike asking;
  private static WebAdminLike named;
  private static WebAdminLike failing;

  @BeforeAll
  static void start() {
    open = WebAdminLike.open(routes(new SampleFigures()));
    asking = WebAdminLike.withPassword(routes(new SampleFigures()));
    named = WebAdminLike.withOrigin("http://127.0.0.1:8000", routes(new SampleFigures()));
    failing = WebAdminLike.open(routes(failingFigures()));
  }

  @AfterAll
  static void stop() {
    open.close();
    asking.close();
    named.close();
    failing.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/tlsrpt", "/tlsrpt/"})
  void programsShouldGetJsonAndBrowsersAPage(String path) {
    Received json = open.http().send("GET " + path, "Accept: */*");
    Received page = open.http().send("GET " + path, BROWSER);

    assertThat(json.status()).isEqualTo(200);
    assertThat(json.type()).isEqualTo(JSON);
    assertThat(json.text()).startsWith("{\"time\":");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.type()).isEqualTo(HTML);
    assertThat(page.text()).startsWith("<!doctype html>").contains("–");
  }

  @ParameterizedTest
  @CsvSource({
    "text/html, true",
    "'application/xml, Text/HTML;q=0.5', true",
    "'text/html;q=0, */*', false",
    "text/html-sandboxed, false",
    "*/*, false"
  })
  void onlyWhoNamesHtmlShouldGetAPage(String accept, boolean page) {
    assertThat(open.http().send("GET /tlsrpt", "Accept: " + accept).type())
        .isEqualTo(page ? HTML : JSON);
  }

  @ParameterizedTest
  @CsvSource({
    "GET /tlsrpt, 200",
    "GET /tlsrpt/, 200",
    "HEAD /tlsrpt, 200",
    "HEAD /tlsrpt/nothing, 404",
    "GET /tlsrpt?limit=none, 400",
    "GET /tlsrpt/nothing, 404",
    "GET /tlsrpt/metrics, 200",
    "HEAD /tlsrpt/metrics, 200",
    "GET /tlsrpt?q=%zz, 400",
    "POST /tlsrpt, 404",
    "PUT /tlsrpt/domains/alpha.example, 404",
    "DELETE /tlsrpt/, 404",
    "OPTIONS /tlsrpt, 200"
  })
  void everyAnswerShouldBeGuardedOnce(String request, int status) {
    for (String accept : List.of(BROWSER, "Accept: */*")) {
      Received received = open.http().send(request, accept);

      assertThat(received.status()).isEqualTo(status);
      assertGuarded(received);
    }
  }

  private static void assertGuarded(Received received) {
    assertThat(GUARDS).allSatisfy(name -> assertThat(received.header(name)).hasSize(1));
    assertThat(CROSS_ORIGIN).allSatisfy(name -> assertThat(received.header(name)).isEmpty());
    assertThat(received.header("Set-Cookie")).isEmpty();
    assertThat(received.header("Content-Type")).hasSizeLessThan(2);
  }

  @Test
  void preflightOfAnyOriginShouldNotBeAnswered() {
    Received preflight =
        open.http()
            .send(
                "OPTIONS /tlsrpt/reports",
                "Origin: http://evil.example",
                "Access-Control-Request-Method: GET",
                "Access-Control-Request-Headers: Authorization");

    assertGuarded(preflight);
  }

  @Test
  void originThatTheAdministratorNamesShouldBeLeft() {
    Received received = named.http().send("GET /tlsrpt");

    assertThat(received.header("Access-Control-Allow-Origin"))
        .containsExactly("http://127.0.0.1:8000");
    assertThat(received.header("Access-Control-Allow-Headers")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/tlsrpt", "/tlsrpt/", "/tlsrpt/domains/alpha.example", "/tlsrpt/nothing"})
  void browserThatIsRefusedShouldGetAPageToSignIn(String path) {
    Received page = asking.http().send("GET " + path, BROWSER);

    assertThat(page.status()).isEqualTo(401);
    assertThat(page.type()).isEqualTo(HTML);
    assertThat(page.text()).contains("id=\"sign-in\"").doesNotContain("alpha.example");
    assertGuarded(page);
  }

  @Test
  void othersThatAreRefusedShouldGetWebAdminsOwnWords() {
    Received refusal = asking.http().send("GET /tlsrpt", "Accept: */*");

    assertThat(refusal.status()).isEqualTo(401);
    assertThat(refusal.text()).isEqualTo("Unauthorized");
    assertThat(refusal.type()).isEqualTo("application/json");
    assertGuarded(refusal);
  }

  @Test
  void whoSignsInShouldBeAnswered() {
    Received page =
        asking.http().send("GET /tlsrpt", BROWSER, "Password: " + WebAdminLike.PASSWORD);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text()).doesNotContain("id=\"sign-in\"");
  }

  @ParameterizedTest
  @CsvSource({
    "?q=a%2Bb+c%26, 'a+b c&'",
    "?q=a+b&q=other, a b",
    "?&&q=%C3%A4, ä",
    "?q=a=b, a=b",
    "?%71=name, name"
  })
  void queryShouldBeDecodedAndTheFirstOfANameTaken(String query, String value) {
    assertThat(open.http().send("GET /tlsrpt" + query, BROWSER).text())
        .contains("value=\"" + value.replace("&", "&amp;") + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "/tlsrpt/domains/a+b",
    "/tlsrpt/domains/%2e%2e",
    "/tlsrpt/domains/..",
    "/tlsrpt/domains/alpha.example;x",
    "/tlsrpt/domains/alpha.example%2Fx",
    "/tlsrpt/domains/alpha.example%00",
    "/tlsrpt/domains/%ff%fe",
    "/tlsrpt/domains/%",
    "/tlsrpt/domains/%zz",
    "/tlsrpt/..;/domains",
    "/tlsrpt/%2e%2e/domains",
    "/tlsrpt?q=%zz",
    "/tlsrpt?%=1",
    "/tlsrpt?limit=%00",
    "/tlsrpt/domains/%3Cscript%3E"
  })
  void badAddressShouldBeRefusedInOneWayOrAnother(String address) {
    for (String accept : List.of(BROWSER, "Accept: */*")) {
      Received received = open.http().send("GET " + address, accept);

      assertThat(received.status()).isIn(400, 404);
      assertThat(received.text()).doesNotContain("<script>alert").doesNotContain("\tat ");
    }
  }

  /** So no route and no filter can add a header, WebAdmin's no more than ours. */
  @Test
  void addressThatJettyCannotReadShouldBeRefusedBeforeAnyFilter() {
    Received received = asking.http().send("GET /tlsrpt/domains/%zz", BROWSER);

    assertThat(received.status()).isEqualTo(400);
    assertThat(received.header("Content-Security-Policy")).isEmpty();
    assertThat(received.text()).doesNotContain("alpha.example", "sign-in");
  }

  @Test
  void headShouldBeAnsweredLikeGetButWithoutABody() {
    Received head = open.http().send("HEAD /tlsrpt", BROWSER);

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.type()).isEqualTo(HTML);
    assertThat(head.octets()).isEmpty();
  }

  @Test
  void whatCannotBeAnsweredShouldBeSaidInTheFormatThatIsAskedFor() {
    Received json = failing.http().send("GET /tlsrpt", "Accept: */*");
    Received page = failing.http().send("GET /tlsrpt", BROWSER);

    assertThat(List.of(json, page))
        .allSatisfy(
            received -> {
              assertThat(received.status()).isEqualTo(500);
              assertThat(received.text()).doesNotContain("cellar is flooded", "Exception");
              assertGuarded(received);
            });
    assertThat(json.type()).isEqualTo(JSON);
    assertThat(json.text()).contains("\"statusCode\":500");
    assertThat(page.type()).isEqualTo(HTML);
  }

  @Test
  void pageShouldBeCompressedForWhoTakesIt() throws IOException {
    Received plain = open.http().send("GET /tlsrpt", BROWSER);
    Received packed = open.http().send("GET /tlsrpt", BROWSER, "Accept-Encoding: gzip, br");

    assertThat(packed.header("Content-Encoding")).containsExactly("gzip");
    assertThat(packed.octets().length()).isLessThan(plain.octets().length() / 2);
    try (GZIPInputStream in =
        new GZIPInputStream(
            new ByteArrayInputStream(packed.octets().getBytes(StandardCharsets.ISO_8859_1)))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(plain.text());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "gzip;q=0", "br", "x-gzip"})
  void pageShouldBePlainForWhoDoesNot(String encodings) {
    Received plain = open.http().send("GET /tlsrpt", BROWSER, "Accept-Encoding: " + encodings);

    assertThat(plain.header("Content-Encoding")).isEmpty();
    assertThat(plain.text()).endsWith("</html>\n");
  }

  private static TlsReportRoutes routes(FiguresSource source) {
    RunningReceiver receiver = new RunningReceiver();
    receiver.started(source);
    return new TlsReportRoutes(receiver);
  }

  private static FiguresSource failingFigures() {
    return (FiguresSource)
        Proxy.newProxyInstance(
            TlsReportRoutesTest.class.getClassLoader(),
            new Class<?>[] {FiguresSource.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("history")) {
                return new SampleFigures().history();
              }
              throw new IllegalStateException("the cellar is flooded");
            });
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import static io.tlsrpt.it.WebPages.BROWSER;
import static io.tlsrpt.it.WebPages.PROGRAM;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.management.MBeanAttributeInfo;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pages in a real James 3.8 that wants tokens, and in one without a mailet that wants none. */
class WebPagesIT {
  private static final String RUA = "tlsrpt@example.com";
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final List<String> GUARDS =
      List.of(
          "Content-Security-Policy",
          "X-Content-Type-Options",
          "Referrer-Policy",
          "Cross-Origin-Resource-Policy",
          "Cache-Control",
          "Vary");

  private static final Reporters REPORTERS = new Reporters();
  private static final KeyPair KEYS = Token.newKeys();
  private static final String TOKEN = "Bearer " + Token.of(KEYS.getPrivate(), true);

  private static WebPages pages;
  private static JamesServer james;
  private static JmxClient jmx;

  @BeforeAll
  static void start() {
    pages = new WebPages(Ports.anyFree());
    james =
        JamesServer.start(
            JamesHome.create(Build.directory("james-pages"), Ports.free(), Build.jarForJames38())
                .serving("example.com", "example.org", "example.net", "never.example")
                .withPages(pages.port())
                .withTokens(KEYS.getPublic())
                .withDns(REPORTERS.dns()));
    jmx = james.jmx();
    Administrator administrator = new Administrator(jmx);
    administrator.addUser(RUA, "secret");
    List<Samples.Sample> samples = new Samples(LocalDate.now(ZoneOffset.UTC), REPORTERS).all();
    SmtpClient smtp = new SmtpClient(james.ports().smtp());
    samples.forEach(sample -> smtp.send(sample.sender(), RUA, sample.mail()));
    administrator.awaitReports(samples.size());
    // The list of domains may be 5 seconds old.
    Waiting.until(
        TIMEOUT,
        "the pages show all reports",
        () -> data("/tlsrpt").at("/receiver/received").asInt() == samples.size());
  }

  @AfterAll
  static void stop() {
    jmx.close();
    james.close();
    REPORTERS.close();
  }

  @Test
  void domainsShouldHaveTheFiguresOfTheBeans() {
    JsonNode overview = data("/tlsrpt");

    assertThat(overview.get("domains").findValuesAsText("domain"))
        .containsExactlyInAnyOrder("example.com", "example.org", "example.net", "never.example");
    for (String domain : List.of("example.com", "example.org", "example.net")) {
      String bean = "io.tlsrpt:type=Domain,domain=" + domain;
      List<String> attributes =
          Arrays.stream(jmx.info(bean).getAttributes()).map(MBeanAttributeInfo::getName).toList();
      Map<String, String> row = scalars(row(overview, domain));
      row.keySet().retainAll(attributes);

      assertThat(row).hasSizeGreaterThan(7).containsKeys("ActiveFailures", "FailureRatio");
      row.forEach(
          (attribute, value) ->
              assertThat(value)
                  .as(domain + " " + attribute)
                  .isEqualTo(shown(jmx.value(bean, attribute))));
    }
  }

  @Test
  void oneDomainShouldHaveTheFiguresOfTheBeans() {
    for (String domain : List.of("example.com", "example.org", "example.net")) {
      String bean = "io.tlsrpt:type=Domain,domain=" + domain;
      String breakdown = "io.tlsrpt:type=Breakdown,domain=" + domain;
      JsonNode page = data("/tlsrpt/domains/" + domain);
      JsonNode totals = page.get("totals");

      assertThat(totals.get("reports").asLong()).isEqualTo(jmx.number(bean, "Reports"));
      assertThat(totals.get("successfulSessions").asLong())
          .isEqualTo(jmx.number(bean, "SuccessfulSessions"));
      assertThat(totals.get("failedSessions").asLong())
          .isEqualTo(jmx.number(bean, "FailedSessions"));
      assertThat(counts(page.get("failingTypes")))
          .isEqualTo(jmx.counts(breakdown, "ActiveFailuresByResultType").toString());
    }
  }

  @Test
  void receiverShouldHaveTheFiguresOfItsBean() {
    JsonNode receiver = data("/tlsrpt").get("receiver");

    for (String count : List.of("received", "accepted", "duplicate", "rejected", "deferred")) {
      assertThat(receiver.get(count).asLong())
          .as(count)
          .isEqualTo(jmx.number("io.tlsrpt:type=Receiver", "Reports" + capitalised(count)));
    }
  }

  @Test
  void everyLinkOfTheNavigationShouldLeadToAPage() {
    for (String path :
        List.of(
            "/tlsrpt",
            "/tlsrpt/",
            "/tlsrpt/domains/example.com",
            "/tlsrpt/domains/never.example",
            "/tlsrpt/reports",
            "/tlsrpt/failure-types",
            "/tlsrpt/receiver")) {
      HttpResponse<String> page = pages.get(path, BROWSER, "Authorization", TOKEN);

      assertThat(page.statusCode()).as(path).isEqualTo(200);
      assertThat(type(page)).isEqualTo("text/html;charset=utf-8");
      assertThat(page.body()).startsWith("<!doctype html>").doesNotContain("id=\"sign-in\"");
      assertGuarded(page);
    }
  }

  @Test
  void browserWithoutATokenShouldGetAPageToSignInWithoutAnyData() {
    for (String path : List.of("/tlsrpt", "/tlsrpt/", "/tlsrpt/domains/example.com")) {
      HttpResponse<String> page = pages.get(path, BROWSER);

      assertThat(page.statusCode()).isEqualTo(401);
      assertThat(type(page)).isEqualTo("text/html;charset=utf-8");
      assertThat(page.body()).contains("id=\"sign-in\"").doesNotContain("example.com");
      assertGuarded(page);
    }
  }

  @Test
  void programWithoutATokenShouldGetWebAdminsOwnWords() {
    HttpResponse<String> refusal = pages.get("/tlsrpt", PROGRAM);

    assertThat(refusal.statusCode()).isEqualTo(401);
    assertThat(refusal.body()).isEqualTo("No Bearer header.");
    assertGuarded(refusal);
  }

  @Test
  void tokenThatIsNotAnAdministratorsShouldBeRefused() {
    KeyPair others = Token.newKeys();
    for (String token :
        List.of(
            Token.of(KEYS.getPrivate(), false), Token.of(others.getPrivate(), true), "nonsense")) {
      HttpResponse<String> page = pages.get("/tlsrpt", BROWSER, "Authorization", "Bearer " + token);

      assertThat(page.statusCode()).isEqualTo(401);
      assertThat(page.body()).contains("id=\"sign-in\"");
    }
  }

  @Test
  void whatIsNotThereShouldBeGuardedToo() {
    HttpResponse<String> unknown =
        pages.get("/tlsrpt/domains/unknown.example", BROWSER, "Authorization", TOKEN);
    HttpResponse<String> bad = pages.get("/tlsrpt?limit=none", PROGRAM, "Authorization", TOKEN);
    HttpResponse<String> post = pages.send("POST", "/tlsrpt", PROGRAM, "Authorization", TOKEN);

    assertThat(List.of(unknown, bad, post))
        .extracting(HttpResponse::statusCode)
        .containsExactly(404, 400, 404);
    assertThat(List.of(unknown, bad, post)).allSatisfy(WebPagesIT::assertGuarded);
    assertThat(WebPages.json(bad).get("statusCode").asInt()).isEqualTo(400);
  }

  @Test
  void originThatTheSampleNamesShouldBeTheOnlyOne() {
    assertThat(
            pages
                .get("/tlsrpt", PROGRAM, "Authorization", TOKEN)
                .headers()
                .allValues("Access-Control-Allow-Origin"))
        .containsExactly("http://127.0.0.1:" + pages.port());
  }

  @Test
  void pageShouldBeCompressedForWhoTakesIt() {
    HttpResponse<String> packed =
        pages.get("/tlsrpt", BROWSER, "Authorization", TOKEN, "Accept-Encoding", "gzip");

    assertThat(packed.headers().allValues("Content-Encoding")).containsExactly("gzip");
    assertThat(packed.body()).doesNotContain("<html");
  }

  @Test
  void withoutAMailetThePagesShouldSayWhatToDo() {
    WebPages open = new WebPages(Ports.anyFree());
    JamesHome home =
        JamesHome.create(Build.directory("james-pages-alone"), Ports.free(), Build.jarForJames38())
            .withPages(open.port());
    home.edit(
        "mailetcontainer.xml", "class=\"io.tlsrpt.mailet.TlsReportMailet\"", "class=\"Null\"");
    home.edit("webadmin.properties", "cors.origin=", "# cors.origin=");
    try (JamesServer alone = JamesServer.start(home)) {
      HttpResponse<String> page = open.get("/tlsrpt", BROWSER);
      HttpResponse<String> json = open.get("/tlsrpt/domains/example.com", PROGRAM);

      assertThat(List.of(page, json))
          .allSatisfy(
              answer -> {
                assertThat(answer.statusCode()).isEqualTo(503);
                assertGuarded(answer);
                assertThat(answer.headers().map().keySet())
                    .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
              });
      assertThat(page.body()).contains("TlsReportMailet", "mailetcontainer.xml");
      assertThat(WebPages.json(json).get("state").asText()).isEqualTo("not-configured");
      assertThat(alone.log()).doesNotContain("Exception");
    }
  }

  private static void assertGuarded(HttpResponse<String> answer) {
    assertThat(GUARDS).allSatisfy(name -> assertThat(answer.headers().allValues(name)).hasSize(1));
    assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
    assertThat(answer.headers().allValues("Content-Type")).hasSize(1);
  }

  private static String type(HttpResponse<String> answer) {
    return String.join(" and ", answer.headers().allValues("Content-Type")).replace(" ", "");
  }

  private static JsonNode data(String path) {
    HttpResponse<String> answer = pages.get(path, PROGRAM, "Authorization", TOKEN);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(type(answer)).isEqualTo("application/json;charset=utf-8");
    return WebPages.json(answer);
  }

  private static JsonNode row(JsonNode overview, String domain) {
    for (JsonNode row : overview.get("domains")) {
      if (row.get("domain").asText().equals(domain)) {
        return row;
      }
    }
    throw new AssertionError("no row of " + domain);
  }

  /** The members that are neither lists nor objects, by the names that attributes have. */
  private static Map<String, String> scalars(JsonNode row) {
    Map<String, String> scalars = new TreeMap<>();
    row.properties().stream()
        .filter(member -> member.getValue().isValueNode())
        .forEach(
            member ->
                scalars.put(
                    capitalised(member.getKey()),
                    member.getValue().asText().replace("T00:00:00Z", "")));
    return scalars;
  }

  /** A value of a bean, as JSON has it: a time to the second, a day without a time. */
  private static String shown(@Nullable Object value) {
    return value instanceof Date time
        ? time.toInstant().truncatedTo(ChronoUnit.SECONDS).toString().replace("T00:00:00Z", "")
        : String.valueOf(value);
  }

  private static String counts(JsonNode object) {
    Map<String, Long> counts = new TreeMap<>();
    object.properties().forEach(member -> counts.put(member.getKey(), member.getValue().asLong()));
    return counts.toString();
  }

  private static String capitalised(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import static io.tlsrpt.it.SampleInstallation.NEVER;
import static io.tlsrpt.it.SampleInstallation.RUA;
import static io.tlsrpt.it.SampleInstallation.SILENT;
import static io.tlsrpt.it.SampleInstallation.WORST;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/**
 * The pages as a person uses them: a real browser before the WebAdmin of a real James 3.8, and
 * before one that asks for a token.
 */
class BrowserIT {
  private static final Path DIRECTORY = Build.directory("browser");
  private static final KeyPair KEYS = Token.newKeys();
  private static final Reporters REPORTERS = new Reporters();
  private static final SampleInstallation SAMPLES = new SampleInstallation();

  private static final String EXPIRED = "certificate-expired";
  private static final int SENT = 3;

  private static PagesServer open;
  private static PagesServer guarded;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    Browser.assumeInstalled();
    Files.createDirectories(DIRECTORY);
    Path database = PagesServer.importMails(SAMPLES, DIRECTORY);
    int port = Ports.anyFree();
    JamesHome home = PagesServer.home("james-open", port, SAMPLES, database, REPORTERS);
    int guardedPort = Ports.anyFree();
    JamesHome guardedHome =
        PagesServer.home("james-guarded", guardedPort, SAMPLES, database, REPORTERS)
            .withTokens(KEYS.getPublic());

    open = new PagesServer(JamesServer.launch(home), port);
    guarded = new PagesServer(JamesServer.launch(guardedHome), guardedPort);
    open.james().awaitReady();
    guarded.james().awaitReady();
    deliver();
    browser = Browser.start(DIRECTORY);
  }

  /** What comes by SMTP: a report of failures, one that nobody signed, one that is not ours. */
  private static void deliver() {
    SmtpClient smtp = new SmtpClient(open.james().ports().smtp());
    try (JmxClient jmx = open.james().jmx()) {
      Administrator administrator = new Administrator(jmx);
      administrator.addUser(RUA, "secret");
      var signer = REPORTERS.signer("bigmail.example");
      String sender = "tls-reports@bigmail.example";
      smtp.send(sender, RUA, signer.sign(SAMPLES.newest()));
      smtp.send(sender, RUA, SAMPLES.newest());
      smtp.send(sender, RUA, signer.sign(SAMPLES.foreign()));
      administrator.awaitReports(SENT);
    }
    // The list of domains may be 5 seconds old.
    Waiting.until(
        Duration.ofSeconds(60),
        "the pages show what came",
        () -> Loopback.get(open.port(), "/tlsrpt").contains("\"received\":" + SENT));
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (guarded != null) {
      guarded.close();
    }
    if (open != null) {
      open.close();
    }
    REPORTERS.close();
  }

  @BeforeEach
  void asItComes() {
    browser.resize(1200, 900);
    browser.prefer("light");
    browser.open(open.address());
  }

  @AfterEach
  void consoleShouldBeEmpty() {
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void personShouldFindTheWayFromTheWorstDomainToOneReport() {
    browser.awaitHeading("Domains");
    assertThat(browser.text(".lead"))
        .isEqualTo("4 of 11 domains are failing, 2 of them may lose mail.");
    assertThat(browser.texts("tbody th").getFirst()).isEqualTo(WORST);

    browser.follow(WORST);
    browser.awaitHeading(WORST);
    assertThat(browser.text(".lead")).contains(EXPIRED, "mx2." + WORST);
    assertThat(browser.text("article details")).contains("openssl", "mx2." + WORST);

    browser.follow("Reports of " + EXPIRED);
    browser.awaitHeading("Reports about " + WORST);
    assertThat(browser.texts("tbody td:nth-child(3)")).containsOnly(EXPIRED).hasSize(11);

    browser.click("select[name=type] option[value='']");
    browser.click("input[name=failing]");
    browser.click("main form button");
    browser.await("reports of all types", () -> browser.count("tbody tr") > 11);
    assertThat(browser.texts("tbody td:nth-child(3)"))
        .containsOnly(EXPIRED, "starttls-not-supported");
    browser.click("input[name=failing]");
    browser.click("select[name=type] option[value=success]");
    browser.click("main form button");
    browser.await("successes", () -> browser.address().contains("type=success"));
    assertThat(browser.texts("tbody td:nth-child(3)")).containsOnly("success");
    List<String> first = browser.links();

    browser.follow("Older reports ›");
    browser.await("the next page", () -> browser.address().contains("before="));
    assertThat(browser.texts("tbody td:nth-child(3)")).containsOnly("success");
    assertThat(browser.links().stream().filter(link -> link.matches(".*/reports/\\d+")))
        .isNotEmpty()
        .doesNotContainAnyElementsOf(first);

    browser.follow("CSV");
    assertThat(browser.downloaded(csv()).lines().toList())
        .hasSizeGreaterThan(50)
        .first()
        .asString()
        .contains("reporter,policyDomain");

    browser.follow("bigmail.example");
    browser.awaitHeading("Report of bigmail.example");
    String report = browser.address();
    assertThat(browser.text("h2")).isEqualTo(WORST);
    browser.back();
    browser.awaitHeading("Reports about " + WORST);
    assertThat(browser.address()).contains("before=");
    browser.forward();
    browser.awaitHeading("Report of bigmail.example");
    browser.reload();
    browser.awaitHeading("Report of bigmail.example");
    assertThat(browser.address()).isEqualTo(report);
  }

  private static String csv() {
    return "tls-reports-" + WORST + "-" + LocalDate.now(ZoneOffset.UTC) + ".csv";
  }

  @Test
  void otherPagesShouldBeReachedFromEveryPage() {
    browser.follow("Failure types");
    browser.awaitHeading("Failure types");
    browser.follow("dane-required");
    browser.awaitHeading("dane-required");
    browser.follow("Receiver");
    browser.awaitHeading("Receiver");
    assertThat(browser.text("main"))
        .contains("dkim-missing", "unknown-domain", "elsewhere.example", NEVER);
    browser.follow("Domains");
    browser.awaitHeading("Domains");
    browser.follow("silent 1");
    browser.await("one is shown", () -> browser.texts("tbody th").equals(List.of(SILENT)));
    browser.fill("input[name=q]", "nothing like that");
    browser.click("main form button");
    browser.await("none is shown", () -> browser.text("main").contains("No domain is like that."));
    browser.follow("Show all.");
    browser.await("all are shown", () -> browser.count("tbody tr") == 11);
  }

  @Test
  void keyboardAloneShouldDo() {
    browser.press(Keys.TAB);
    assertThat(focused()).isEqualTo("To the content");
    assertThat(browser.ask("return document.activeElement.getBoundingClientRect().left >= 0"))
        .isEqualTo(true);
    browser.press(Keys.ENTER);
    assertThat(browser.ask("return document.activeElement.id")).isEqualTo("main");
    browser.press(Keys.TAB);
    assertThat(browser.ask("return document.activeElement.name")).isEqualTo("q");

    browser.open(open.address());
    List<String> order = new ArrayList<>();
    browser.press(Keys.TAB);
    while (!"BODY".equals(browser.ask("return document.activeElement.tagName"))
        && order.size() < 100) {
      order.add(String.valueOf(browser.ask(DESCRIBE)));
      assertThat(browser.ask(OUTLINED)).as(order.getLast()).isEqualTo(true);
      browser.press(Keys.TAB);
    }
    assertThat(order).isEqualTo(browser.ask(FOCUSABLE));

    browser.open(open.address());
    tabTo("q");
    browser.press("light", Keys.ENTER);
    browser.await("one is shown", () -> browser.texts("tbody th").equals(List.of(WORST)));
    tabTo(WORST);
    browser.press(Keys.ENTER);
    browser.awaitHeading(WORST);
    tabTo("The numbers");
    browser.press(Keys.ENTER);
    assertThat(unfolded()).isEqualTo(true);
    browser.press(Keys.SPACE);
    assertThat(unfolded()).isEqualTo(false);
  }

  private static final String DESCRIBE =
      """
      const it = document.activeElement;
      return it.tagName + ' ' + (it.name || it.getAttribute('aria-label') || it.textContent);
      """;

  private static final String FOCUSABLE =
      """
      return [...document.querySelectorAll('a[href], input, select, button, summary, [tabindex="0"]')]
        .filter(it => it.type !== 'hidden' && !it.hidden)
        .map(it => it.tagName + ' ' + (it.name || it.getAttribute('aria-label') || it.textContent));
      """;

  private static final String OUTLINED =
      """
      const style = getComputedStyle(document.activeElement);
      return style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 2;
      """;

  private static String focused() {
    return String.valueOf(
        browser.ask("return document.activeElement.name || document.activeElement.textContent"));
  }

  private static Object unfolded() {
    return browser.ask("return document.activeElement.parentElement.open");
  }

  private static void tabTo(String what) {
    for (int i = 0; i < 60; i++) {
      browser.press(Keys.TAB);
      if (focused().equals(what)) {
        return;
      }
    }
    throw new AssertionError("Tab does not lead to " + what);
  }

  @Test
  void everyPageShouldBeAccessible() {
    List<String> addresses = new ArrayList<>();
    for (String path :
        List.of(
            "",
            "/domains/" + WORST,
            "/domains/" + NEVER,
            "/reports",
            "/failure-types",
            "/receiver",
            "/domains/nowhere.example")) {
      addresses.add(open.address() + path);
    }
    browser.open(open.address() + "/reports?failing=true");
    browser.follow("bigmail.example");
    addresses.add(browser.address());
    addresses.add(guarded.address());

    List<String> findings = new ArrayList<>();
    for (String address : addresses) {
      browser.open(address);
      // What is folded is looked at, too.
      browser.ask("document.querySelectorAll('details').forEach(it => it.open = true)");
      for (String look : List.of("light", "dark", "narrow")) {
        browser.prefer(look.equals("dark") ? "dark" : "light");
        browser.resize(look.equals("narrow") ? 320 : 1200, 900);
        Accessibility.findings(browser)
            .forEach(found -> findings.add(look + " " + address + " " + found));
      }
      Object wide = browser.ask("return document.documentElement.scrollWidth");
      if (((Number) wide).intValue() > 320) {
        findings.add(address + " is " + wide + " pixels wide in a window of 320");
      }
      browser.resize(1200, 900);
    }
    assertThat(findings).isEmpty();
    assertThat(browser.console()).allMatch(BrowserIT::isRefusal);
  }

  /** What the browser itself says of an answer 401 or 404. */
  private static boolean isRefusal(String message) {
    return message.matches("SEVERE http\\S+ - Failed to load resource: .* status of 40[14] .*");
  }

  @Test
  void pagesShouldNeedNoScript() {
    try (Browser simple = Browser.startWithoutScript(DIRECTORY)) {
      simple.open(open.address());
      simple.follow(WORST);
      simple.awaitHeading(WORST);
      simple.follow("Reports of " + EXPIRED);
      simple.awaitHeading("Reports about " + WORST);
      simple.click("select[name=type] option[value='']");
      simple.click("main form button");
      simple.await("all are shown", () -> simple.count("tbody tr") > 40);
      simple.follow("Older reports ›");
      simple.await("the next page", () -> simple.address().contains("before="));
      simple.follow("CSV");
      assertThat(simple.downloaded(csv())).contains(EXPIRED);
      simple.open(guarded.address());
      assertThat(simple.text("noscript")).isEqualTo("Signing in needs JavaScript.");
      assertThat(simple.console()).allMatch(BrowserIT::isRefusal);
    }
  }

  @Test
  void tokenShouldOpenThePageThatWasAskedFor() {
    signIn(guarded.address());
  }

  @Test
  void everyLinkShouldWorkBehindAProxy() throws Exception {
    try (PrefixProxy proxy = PrefixProxy.start(open.port())) {
      browser.open(proxy.address() + "/tlsrpt");
      browser.follow(WORST);
      browser.awaitHeading(WORST);
      browser.follow("Reports of " + EXPIRED);
      browser.awaitHeading("Reports about " + WORST);
      browser.click("main form button");
      browser.await("the same", () -> browser.address().contains("days=30"));
      assertThat(browser.address()).startsWith(proxy.address());
      assertThat(brokenLinks(proxy)).isEmpty();
    }
    try (PrefixProxy proxy = PrefixProxy.start(guarded.port())) {
      signIn(proxy.address() + "/tlsrpt");
    }
  }

  /** Follows the links of one page of each kind. */
  private static List<String> brokenLinks(PrefixProxy proxy) throws Exception {
    Deque<String> pages = new ArrayDeque<>(List.of(proxy.address() + "/tlsrpt"));
    Set<String> kinds = new HashSet<>();
    Set<String> links = new LinkedHashSet<>();
    while (!pages.isEmpty()) {
      String page = pages.remove();
      browser.open(page);
      for (String link : browser.links()) {
        String kind = link.replaceAll("\\?.*|#.*", "").replaceAll("/[^/]*$", "");
        if (links.add(link) && !link.contains("format=") && kinds.add(kind)) {
          pages.add(link);
        }
      }
    }
    List<String> broken = new ArrayList<>();
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String link : links) {
        int status =
            client
                .send(
                    HttpRequest.newBuilder(URI.create(link)).header("Accept", "text/html").build(),
                    BodyHandlers.discarding())
                .statusCode();
        if (status != 200 || !link.startsWith(proxy.address() + "/")) {
          broken.add(status + " " + link);
        }
      }
    }
    assertThat(links).hasSizeGreaterThan(50);
    return broken;
  }

  private static final String TYPED =
      "return document.querySelector('#sign-in [type=password]')?.value ?? 'no form'";

  private static void signIn(String base) {
    String deep = base + "/reports?domain=" + WORST + "&days=20";
    browser.open(deep);
    browser.awaitHeading("Sign in");
    assertThat(browser.text("body")).doesNotContain(WORST);
    for (String wrong : List.of("wrong", Token.of(KEYS.getPrivate(), false))) {
      browser.fill("#sign-in [type=password]", wrong);
      browser.click("#sign-in button");
      browser.await(
          "the alert",
          () ->
              // The page is another one then: what was typed is gone.
              browser.ask(TYPED).equals("")
                  && browser.text("main [role=alert]").startsWith("WebAdmin does not accept this"));
      assertThat(browser.texts("h1")).containsExactly("Sign in");
    }
    browser.fill("#sign-in [type=password]", Token.of(KEYS.getPrivate(), true));
    browser.click("#sign-in button");
    browser.awaitHeading("Reports about " + WORST);
    assertThat(browser.address()).isEqualTo(deep);
    assertThat(browser.text("#sign-out")).isEqualTo("Sign out");

    browser.follow("Older reports ›");
    browser.await("the next page", () -> browser.address().contains("before="));
    browser.follow("CSV");
    assertThat(browser.downloaded(csv()).lines()).hasSizeGreaterThan(5);
    browser.follow("freemail.example");
    browser.awaitHeading("Report of freemail.example");
    browser.back();
    browser.awaitHeading("Reports about " + WORST);
    assertThat(browser.address()).contains("before=");
    browser.forward();
    browser.awaitHeading("Report of freemail.example");
    browser.reload();
    browser.awaitHeading("Report of freemail.example");
    browser.follow("Domains");
    browser.awaitHeading("Domains");
    browser.fill("input[name=q]", "light");
    browser.click("main form button");
    browser.await("one is shown", () -> browser.texts("tbody th").equals(List.of(WORST)));
    assertThat(browser.address()).startsWith(base + "?q=light");
    browser.click("#sign-out");
    browser.awaitHeading("Sign in");
    browser.reload();
    browser.awaitHeading("Sign in");
    assertThat(browser.console()).allMatch(BrowserIT::isRefusal);
  }

  /** For the README; what a reader sees of them must be worth seeing. */
  @Test
  void picturesShouldBeTaken() throws IOException {
    browser.resize(1200, 900);
    browser.open(open.address());
    Object end = browser.ask("return document.querySelector('main').lastChild.offsetTop + 48");
    browser.screenshot(DIRECTORY.resolve("overview.png"), 1200, ((Number) end).intValue());
    browser.open(open.address() + "/domains/" + WORST);
    browser.screenshot(DIRECTORY.resolve("domain.png"), 1200, 1100);
    assertThat(Files.size(DIRECTORY.resolve("overview.png"))).isBetween(20_000L, 150_000L);
    assertThat(Files.size(DIRECTORY.resolve("domain.png"))).isBetween(20_000L, 150_000L);
  }
}

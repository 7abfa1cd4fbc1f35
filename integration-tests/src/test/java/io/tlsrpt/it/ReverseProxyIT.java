// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import static io.tlsrpt.it.WebPages.BROWSER;
import static io.tlsrpt.it.WebPages.PROGRAM;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.tlsrpt.it.ReverseProxy.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The reverse proxies of {@code docs/webadmin.md} before a real James that wants tokens: who has
 * the proxy's login may read the pages, and nothing else.
 */
class ReverseProxyIT {
  private static final String USER = "somebody@example.com";
  private static final KeyPair KEYS = Token.newKeys();
  private static final Map<String, String> SECRETS =
      Map.of("token", Token.of(KEYS.getPrivate(), true), "password", "secret-of-webadmin");
  private static final Pattern LINK = Pattern.compile("<a href=\"([^\"]+)\"");

  private static JamesServer james;
  private static int webAdmin;

  @TempDir private static Path directory;

  @BeforeAll
  static void start() {
    webAdmin = Ports.anyFree();
    james =
        JamesServer.start(
            JamesHome.create(Build.directory("james-proxy"), Ports.free(), Build.jarForJames38())
                .serving("example.com")
                .withPages(webAdmin)
                .withTokens(KEYS.getPublic()));
    try (JmxClient jmx = james.jmx()) {
      new Administrator(jmx).addUser(USER, "secret");
    }
  }

  @AfterAll
  static void stop() {
    james.close();
  }

  @ParameterizedTest
  @EnumSource
  void helpDeskShouldReadThePages(Kind kind) throws IOException {
    kind.assumeInstalled();
    try (ReverseProxy proxy = start(kind, "pages", kind.snippet(), webAdmin)) {
      assertPages(new WebPages(proxy.port()), "/james");
    }
    String withoutPrefix =
        kind.snippet()
            .replace("/james/tlsrpt", "/tlsrpt")
            .replaceFirst("(?m)^ *uri strip_prefix .*\n", "");
    try (ReverseProxy proxy = start(kind, "root", withoutPrefix, webAdmin)) {
      assertPages(new WebPages(proxy.port()), "");
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingElseShouldGetThrough(Kind kind) throws IOException {
    kind.assumeInstalled();
    try (ReverseProxy proxy = start(kind, "else", kind.snippet(), webAdmin)) {
      WebPages pages = new WebPages(proxy.port());
      for (String path :
          List.of(
              "/users",
              "/james/users",
              "/tlsrpt",
              "/james/tlsrpt/../users",
              "/james/tlsrpt/%2e%2e/users",
              "/james/tlsrpt/..%2fusers",
              "/james/tlsrpt/..;/users",
              "/james/tlsrpt/;/../../users",
              "/james/tlsrpt../users",
              "/james//tlsrpt/..//users")) {
        assertRefused(pages, "GET", path);
      }
      // These may lead to the pages, which is where they end, but to nothing else.
      for (String path : List.of("/users/../james/tlsrpt", "/users/..%2fjames/tlsrpt")) {
        HttpResponse<String> answer = pages.get(path, PROGRAM, "Authorization", login());
        assertThat(answer.body()).as(path).doesNotContain(USER);
        assertThat(answer.statusCode() >= 400 || answer.body().contains("\"states\""))
            .as(path)
            .isTrue();
      }
      for (String method : List.of("POST", "PUT", "PATCH", "DELETE", "OPTIONS")) {
        assertRefused(pages, method, "/james/tlsrpt");
        assertRefused(pages, method, "/james/tlsrpt/reports");
        assertRefused(pages, method, "/james/users/" + USER);
      }
      assertThat(
              new WebPages(webAdmin)
                  .get("/users", PROGRAM, "Authorization", "Bearer " + SECRETS.get("token"))
                  .body())
          .contains(USER);
    }
  }

  @ParameterizedTest
  @EnumSource
  void withoutTheLoginNothingShouldBeSeen(Kind kind) throws IOException {
    kind.assumeInstalled();
    try (ReverseProxy proxy = start(kind, "login", kind.snippet(), webAdmin)) {
      WebPages pages = new WebPages(proxy.port());
      for (String path : List.of("/james/tlsrpt", "/james/tlsrpt/", "/james/tlsrpt/metrics")) {
        for (HttpResponse<String> answer :
            List.of(
                pages.get(path, BROWSER),
                pages.get(path, BROWSER, "Authorization", basic("wrong")),
                pages.get(path, BROWSER, "Authorization", "Bearer " + SECRETS.get("token")))) {
          assertThat(answer.statusCode()).as(path).isEqualTo(401);
          assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
              .startsWith("Basic ");
          assertThat(answer.body()).doesNotContain("example.com", "sign-in");
        }
      }
    }
  }

  /** James 3.9's passwords: not in the James that runs here, so what it would get is looked at. */
  @ParameterizedTest
  @EnumSource
  void passwordShouldBeAddedInPlaceOfTheToken(Kind kind) throws Exception {
    kind.assumeInstalled();
    BlockingQueue<Headers> received = new LinkedBlockingQueue<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          received.add(exchange.getRequestHeaders());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    String snippet =
        kind.snippet()
            .replaceFirst("(?m)^.*Bearer <token>.*\n", "")
            .replaceAll("(?m)^( *)# (?=.*(Authorization|<password>))", "$1");
    try (ReverseProxy proxy = start(kind, "password", snippet, server.getAddress().getPort())) {
      WebPages pages = new WebPages(proxy.port());
      pages.get("/james/tlsrpt", BROWSER, "Authorization", login(), "Password", "another");

      Headers headers = received.poll(30, TimeUnit.SECONDS);
      assertThat(headers).isNotNull();
      assertThat(headers.get("Password")).containsExactly("secret-of-webadmin");
      assertThat(headers.get("Authorization")).isNull();
    } finally {
      server.stop(0);
    }
  }

  private static void assertPages(WebPages pages, String prefix) {
    HttpResponse<String> metrics =
        pages.get(prefix + "/tlsrpt/metrics", PROGRAM, "Authorization", login());
    assertThat(metrics.statusCode()).isEqualTo(200);
    assertThat(metrics.body()).contains("\ntlsrpt_build{version=");
    assertThat(
            pages.send("HEAD", prefix + "/tlsrpt", BROWSER, "Authorization", login()).statusCode())
        .isEqualTo(200);
    Set<String> seen = new LinkedHashSet<>(List.of(prefix + "/tlsrpt"));
    Deque<String> next = new ArrayDeque<>(seen);
    while (!next.isEmpty()) {
      URI path = URI.create(next.remove());
      HttpResponse<String> page = pages.get(path.toString(), BROWSER, "Authorization", login());
      assertThat(page.statusCode()).as(path.toString()).isEqualTo(200);
      LINK.matcher(page.body())
          .results()
          .map(link -> path.resolve(link.group(1).replace("&amp;", "&").replaceAll("#.*", "")))
          .map(URI::toString)
          .filter(link -> !link.contains("failure-types/") && seen.add(link))
          .forEach(next::add);
    }
    assertThat(seen)
        .hasSizeGreaterThan(5)
        .contains(prefix + "/tlsrpt/domains/example.com", prefix + "/tlsrpt/receiver")
        .allMatch(link -> link.startsWith(prefix + "/tlsrpt"));
  }

  private static void assertRefused(WebPages pages, String method, String path) {
    HttpResponse<String> answer = pages.send(method, path, PROGRAM, "Authorization", login());
    assertThat(answer.statusCode()).as(method + " " + path).isBetween(400, 499);
    assertThat(answer.body()).as(method + " " + path).doesNotContain(USER);
  }

  private static ReverseProxy start(Kind kind, String name, String snippet, int behind)
      throws IOException {
    return ReverseProxy.start(kind, directory.resolve(kind + name), snippet, behind, SECRETS);
  }

  private static String login() {
    return basic(ReverseProxy.PASSWORD);
  }

  private static String basic(String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((ReverseProxy.LOGIN + ":" + password).getBytes(StandardCharsets.UTF_8));
  }
}

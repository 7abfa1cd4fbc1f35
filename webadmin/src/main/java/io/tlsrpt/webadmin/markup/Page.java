// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.markup;

import static io.tlsrpt.webadmin.markup.Html.a;
import static io.tlsrpt.webadmin.markup.Html.el;

import io.tlsrpt.webadmin.http.Links;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/**
 * The frame of all pages. Style and script stand in the page itself, and the browser is told their
 * hashes: it uses no others, whatever a page contains.
 */
public final class Page {
  private static final String STYLE = resource("page.css");
  private static final String SCRIPT = resource("sign-in.js");

  /** The header {@code Content-Security-Policy}: nothing from elsewhere, and no other script. */
  public static final String SECURITY_POLICY =
      String.join(
          "; ",
          "default-src 'none'",
          "style-src 'sha256-" + sha256(STYLE) + "'",
          "script-src 'sha256-" + sha256(SCRIPT) + "'",
          "connect-src 'self'",
          "img-src data:",
          "form-action 'self'",
          "base-uri 'none'",
          "frame-ancestors 'none'");

  private Page() {}

  /**
   * A whole page.
   *
   * @param title its first heading
   * @param main what follows the heading
   */
  public static String of(String title, Html main, Links links) {
    StringBuilder page = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head>");
    Html.write(head(title), page);
    page.append("<style>").append(STYLE).append("</style></head><body>");
    Html.write(el("a", "To the content").with("class", "skip").with("href", "#main"), page);
    Html.write(header(links), page);
    Html.write(el("main", el("h1", title), main).with("id", "main").with("tabindex", "-1"), page);
    return page.append("<script>").append(SCRIPT).append("</script></body></html>\n").toString();
  }

  private static Html head(String title) {
    return Html.all(
        el("meta").with("charset", "utf-8"),
        el("title", title + " – TLS reports"),
        el("meta").with("name", "viewport").with("content", "width=device-width, initial-scale=1"),
        el("meta").with("name", "color-scheme").with("content", "light dark"),
        // Without it, a browser asks for /favicon.ico, and WebAdmin logs that it has none.
        el("link").with("rel", "icon").with("href", "data:,"));
  }

  private static Html header(Links links) {
    return el(
        "header",
        el("p", "TLS reports").with("class", "brand"),
        el(
                "nav",
                a(links.overview(), "Domains"),
                a(links.reports(), "Reports"),
                a(links.failureTypes(), "Failure types"),
                a(links.receiver(), "Receiver"))
            .with("aria-label", "TLS reports"),
        // Shown by the script to those who have signed in.
        el("button", "Sign out")
            .with("type", "button")
            .with("id", "sign-out")
            .flagged("hidden", true));
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.markup;

import static io.tlsrpt.webadmin.markup.Html.all;
import static io.tlsrpt.webadmin.markup.Html.el;

import io.tlsrpt.webadmin.http.Links;

/**
 * The page that a browser gets in place of WebAdmin's refusal. A link cannot send a token, so
 * {@code sign-in.js} fetches the pages from then on. The form has neither an action nor a field
 * with a name: without the script it sends nothing, and a secret never gets into an address, which
 * WebAdmin logs.
 */
public final class SignIn {
  private SignIn() {}

  public static String page(Links links) {
    return Page.of("Sign in", form(), links);
  }

  private static Html form() {
    return all(
        el("p", "WebAdmin of this server asks for a token or a password."),
        // The script shows one of the two.
        el("p")
            .with("role", "alert")
            .with(
                "data-refused",
                "WebAdmin does not accept this, or no longer. A token must be an administrator's.")
            .with(
                "data-failed",
                "No answer came, or this has characters that cannot be sent. Try again."),
        el(
                "form",
                // Password managers keep a secret with a name, and find it again by that.
                el("input")
                    .with("type", "text")
                    .with("autocomplete", "username")
                    .with("value", "WebAdmin")
                    .flagged("readonly", true)
                    .flagged("hidden", true),
                el(
                    "label",
                    "WebAdmin token or password",
                    el("input")
                        .with("type", "password")
                        .with("autocomplete", "current-password")
                        .flagged("required", true)),
                el("button", "Sign in"))
            .with("id", "sign-in"),
        el("p", "It stays in this tab of the browser, until you close the tab or sign out.")
            .with("class", "note"),
        el("noscript", el("p", "Signing in needs JavaScript.").with("class", "problem")));
  }
}

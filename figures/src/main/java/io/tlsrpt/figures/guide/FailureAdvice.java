// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.guide;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.report.DomainName;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an administrator should know of a kind of failure. In it {@code example.com} stands for the
 * policy domain and {@code mx.example.com} for the host that receives its mail.
 *
 * @param explanation what the sender saw
 * @param look the commands that show it, a line each
 * @param change what to change
 */
public record FailureAdvice(FailureGroup group, String explanation, String look, String change) {
  private static final Pattern PLACEHOLDER = Pattern.compile("(mx\\.)?example\\.com");

  /** What may stand in a command that somebody will paste: nothing that a shell would read. */
  private static final Pattern HOST_NAME =
      Pattern.compile("[a-z0-9_]([a-z0-9_-]*[a-z0-9])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9])?)+");

  private static final String SOME_MX = "MX_HOST";

  public FailureAdvice {
    requireNonNull(group, "group");
    requireNonNull(explanation, "explanation");
    requireNonNull(look, "look");
    requireNonNull(change, "change");
  }

  /** The commands that show it, and what to change, as one text. */
  public String remedy() {
    return look + "\n\n" + change;
  }

  /**
   * The same with the names of a domain in place of the placeholders.
   *
   * @param failingMx as somebody reported it; what is no host name is left out
   */
  public FailureAdvice about(DomainName domain, Optional<String> failingMx) {
    Optional<String> mx = failingMx.filter(name -> HOST_NAME.matcher(name).matches());
    String commands = named(look, domain, mx.orElse(SOME_MX));
    String changing = named(change, domain, mx.orElse(SOME_MX));
    return new FailureAdvice(
        group,
        named(explanation, domain, mx.orElse("the MX host")),
        (commands + changing).contains(SOME_MX)
            ? SOME_MX + " is each host that this names: dig +short MX " + domain + "\n\n" + commands
            : commands,
        changing);
  }

  private static String named(String text, DomainName domain, String mx) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(found.group().startsWith("mx.") ? mx : domain.value()));
  }
}

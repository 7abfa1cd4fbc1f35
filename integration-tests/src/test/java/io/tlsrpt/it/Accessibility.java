// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** What axe-core has to find fault with. */
final class Accessibility {
  private static final String AXE = script();

  private static final String RUN =
      """
      const done = arguments[arguments.length - 1];
      const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
      axe.run(document, {runOnly: tags, resultTypes: ['violations']}).then(
        found => done(found.violations.flatMap(
          rule => rule.nodes.map(node => rule.id + ': ' + node.html + ' ' + node.failureSummary))),
        error => done(['' + error]));
      """;

  private Accessibility() {}

  /** What is wrong with the page as it is shown; each once. */
  static List<String> findings(Browser browser) {
    if (!browser.ask("return typeof axe").equals("object")) {
      browser.ask(AXE);
    }
    return ((List<?>) browser.askLater(RUN)).stream().map(String::valueOf).toList();
  }

  private static String script() {
    try (InputStream in =
        Objects.requireNonNull(AxeBuilder.class.getResourceAsStream("/axe.min.js"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

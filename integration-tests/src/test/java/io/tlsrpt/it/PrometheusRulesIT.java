// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files for Prometheus and Grafana by themselves: each refers only to what there is. */
class PrometheusRulesIT {
  private static final Path PROMETHEUS = Build.conf().resolve("prometheus");
  private static final Pattern MATCHER = Pattern.compile("\\b(\\w+) ?(?:=~|!~|!=|=) ?\"([^\"]*)\"");
  private static final Pattern METRIC = Pattern.compile("\\btlsrpt_\\w+");

  /** What labels may be, from the documents that say so. */
  private static Map<String, Set<String>> closedLists() throws IOException {
    String meters = Files.readString(Build.root().resolve("docs/meters.md"));
    Set<String> checks = items(meters, "Items of the problems: ");
    checks.addAll(Set.of("starttls", "certificate", "certificate-lasts"));
    return Map.of(
        "check", checks,
        "result", Set.of("success", "failure"),
        "outcome", Set.of("accepted", "duplicate", "rejected"),
        "percentile", Set.of("50", "99"),
        "step", Set.of("authenticate", "read", "store", "apply"),
        "mode", items(meters, "Items of the mode: "),
        "policy_type", items(meters, "Items by policy type: "),
        "result_type", items(meters, "Items by result type: "),
        "reason",
            Stream.of("Items of\nthe rejections: ", "Items of the deferrals: ")
                .flatMap(before -> items(meters, before).stream())
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  private static Set<String> items(String document, String before) {
    String list = document.substring(document.indexOf(before) + before.length());
    return Pattern.compile("`([\\w-]+)`")
        .matcher(list.substring(0, list.indexOf('.')))
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void rulesShouldBeValidAndPassTheirTests() throws Exception {
    PrometheusTools.assumeInstalled();

    assertThat(PrometheusTools.promtool(PROMETHEUS, "", "check", "rules", "rules.yml"))
        .contains("SUCCESS: 33 rules found")
        .endsWith("exit status 0");
    assertThat(PrometheusTools.promtool(PROMETHEUS, "", "test", "rules", "rules-test.yml"))
        .contains("SUCCESS")
        .endsWith("exit status 0");
    assertThat(PrometheusTools.promtool(PROMETHEUS, "", "check", "config", "prometheus.yml"))
        .contains("SUCCESS")
        .endsWith("exit status 0");
  }

  @Test
  void configurationWithWebAdminShouldBeValid(@TempDir Path directory) throws Exception {
    PrometheusTools.assumeInstalled();
    Files.copy(PROMETHEUS.resolve("rules.yml"), directory.resolve("rules.yml"));
    Files.writeString(directory.resolve("james-token"), "secret");
    Path file = directory.resolve("prometheus.yml");
    Files.writeString(file, Prometheus.configurationWithWebAdmin());

    assertThat(Files.readString(file))
        .containsOnlyOnce("\n  - job_name: james\n    metrics_path: /tlsrpt/metrics\n");
    assertThat(PrometheusTools.promtool(directory, "", "check", "config", "prometheus.yml"))
        .contains("SUCCESS")
        .endsWith("exit status 0");
  }

  @Test
  void everyLabelShouldHaveAValueThatThereIs() throws IOException {
    Map<String, Set<String>> lists = closedLists();
    assertThat(lists.get("result_type")).hasSize(13);
    assertThat(lists.get("reason")).hasSize(23 + 3);
    int checked = 0;
    for (String text : queries()) {
      for (MatchResult matcher : MATCHER.matcher(text).results().toList()) {
        Set<String> allowed = lists.get(matcher.group(1));
        if (allowed != null) {
          checked++;
          assertThat(matcher.group(2).split("\\|", -1)).as(text).isSubsetOf(allowed);
        }
      }
    }
    assertThat(checked).isGreaterThan(5);
  }

  @Test
  void everyMetricShouldBeInTheDocument() throws IOException {
    String document = Files.readString(Build.root().resolve("docs/prometheus.md"));
    Set<String> used = new TreeSet<>();
    queries()
        .forEach(text -> METRIC.matcher(text).results().map(MatchResult::group).forEach(used::add));
    used.removeIf(name -> rules().contains(":" + name + ":"));

    assertThat(used).isNotEmpty().allMatch(name -> document.contains("| `" + name + "`"));
  }

  @Test
  void everyAlertShouldHaveItsPageAndItsTest() throws IOException {
    String rules = rules();
    String runbooks = Files.readString(Build.root().resolve("docs/runbooks.md"));
    String tests = Files.readString(PROMETHEUS.resolve("rules-test.yml"));
    String document = Files.readString(Build.root().resolve("docs/prometheus.md"));
    List<String> alerts =
        Pattern.compile("- alert: (\\w+)")
            .matcher(rules)
            .results()
            .map(m -> m.group(1))
            .distinct()
            .toList();

    assertThat(alerts).hasSize(19);
    for (String alert : alerts) {
      assertThat(rules)
          .contains("runbook_url: docs/runbooks.md#" + alert.toLowerCase(Locale.ROOT) + "\n");
      assertThat(runbooks).contains("\n## " + alert + "\n");
      assertThat(document).contains("| `" + alert + "` |");
      assertThat(tests).contains("alertname: " + alert + "\n        exp_alerts:");
      assertThat(tests).containsPattern("alertname: " + alert + "\n(?!        exp_alerts:)");
    }
  }

  @Test
  void everyPanelShouldSayWhatItShowsAndLeadSomewhere() throws IOException {
    String runbooks = Files.readString(Build.root().resolve("docs/runbooks.md"));
    JsonNode dashboard =
        new ObjectMapper().readTree(Build.conf().resolve("grafana/tlsrpt.json").toFile());
    Set<Integer> ids = new TreeSet<>();
    for (JsonNode panel : dashboard.path("panels")) {
      assertThat(ids.add(panel.path("id").asInt())).isTrue();
      if (!panel.path("type").asText().equals("row")) {
        assertThat(panel.path("description").asText())
            .as(panel.path("title").asText())
            .isNotBlank();
      }
      for (JsonNode link : panel.path("links")) {
        String anchor = link.path("url").asText().replaceFirst("^[^#]*#?", "");
        assertThat(runbooks.toLowerCase(Locale.ROOT)).contains("\n## " + anchor);
      }
    }
  }

  private static String rules() {
    try {
      return Files.readString(PROMETHEUS.resolve("rules.yml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rules as a whole, and each query of the board. */
  private static List<String> queries() throws IOException {
    List<String> queries = new ArrayList<>(List.of(rules().replaceAll("(?m)^ *#.*$", "")));
    JsonNode dashboard =
        new ObjectMapper().readTree(Build.conf().resolve("grafana/tlsrpt.json").toFile());
    dashboard
        .path("panels")
        .forEach(
            panel ->
                panel.path("targets").forEach(target -> queries.add(target.path("expr").asText())));
    return queries;
  }
}

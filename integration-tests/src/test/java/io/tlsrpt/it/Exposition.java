// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Our metrics as an exporter gives them, in Prometheus' text format.
 *
 * @param metrics by name
 */
record Exposition(Map<String, Metric> metrics) {
  private static final Pattern HELP = Pattern.compile("# HELP (tlsrpt_\\w+) (.*)");
  private static final Pattern TYPE = Pattern.compile("# TYPE (tlsrpt_\\w+) (.*)");
  private static final Pattern SAMPLE =
      Pattern.compile("(tlsrpt_\\w+?)(?:\\{(.*)})? (-?[\\d.E+-]+|NaN)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  /** A metric with its samples; all of them have the same labels. */
  record Metric(String type, String help, List<Sample> samples) {
    /** The names of the labels, as they are written in the document. */
    String labels() {
      return samples.stream()
          .map(sample -> String.join(", ", sample.labels().keySet()))
          .distinct()
          .collect(Collectors.joining(" or "));
    }
  }

  record Sample(Map<String, String> labels, double value) {
    private boolean has(String label) {
      String[] parts = label.split("=", 2);
      return parts[1].equals(labels.get(parts[0]));
    }
  }

  static Exposition parse(String text) {
    Map<String, String> helps = new TreeMap<>();
    Map<String, String> types = new TreeMap<>();
    Map<String, List<Sample>> samples = new TreeMap<>();
    for (String line : text.lines().toList()) {
      Matcher help = HELP.matcher(line);
      Matcher type = TYPE.matcher(line);
      Matcher sample = SAMPLE.matcher(line);
      if (help.matches()) {
        helps.put(help.group(1), help.group(2));
      } else if (type.matches()) {
        types.put(type.group(1), type.group(2));
      } else if (sample.matches()) {
        samples
            .computeIfAbsent(sample.group(1), name -> new ArrayList<>())
            .add(new Sample(labels(sample.group(2)), Double.parseDouble(sample.group(3))));
      } else if (line.contains("tlsrpt_")) {
        throw new IllegalArgumentException(line);
      }
    }
    Map<String, Metric> metrics = new TreeMap<>();
    samples.forEach(
        (name, all) ->
            metrics.put(
                name,
                new Metric(
                    types.getOrDefault(name, "untyped"), helps.getOrDefault(name, ""), all)));
    return new Exposition(metrics);
  }

  private static Map<String, String> labels(String text) {
    return text == null
        ? Map.of()
        : LABEL
            .matcher(text)
            .results()
            .collect(
                Collectors.toMap(
                    label -> label.group(1), Exposition::value, (a, b) -> b, TreeMap::new));
  }

  private static String value(MatchResult label) {
    return label.group(2);
  }

  /** The value of the one sample with these labels, each as {@code name=value}. */
  double value(String metric, String... labels) {
    Metric found = requireNonNull(metrics.get(metric), metric);
    return found.samples().stream()
        .filter(sample -> List.of(labels).stream().allMatch(sample::has))
        .mapToDouble(Sample::value)
        .reduce(
            (a, b) -> {
              throw new IllegalArgumentException(
                  metric + " has several of " + String.join(", ", labels));
            })
        .orElseThrow();
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real Prometheus with our sample configuration and rules; only port and pace are others: it
 * scrapes and evaluates once a second.
 */
final class Prometheus implements AutoCloseable {
  private static final Path SAMPLE = Build.conf().resolve("prometheus");
  private static final Duration START = Duration.ofMinutes(1);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final int port;
  private final Process process;

  private Prometheus(int port, Process process) {
    this.port = port;
    this.process = process;
  }

  /** Starts it in a new directory, with the JMX exporter at a port of loopback. */
  static Prometheus start(Path directory, int exporter) throws IOException {
    Files.createDirectories(directory);
    return run(
        directory,
        Files.readString(SAMPLE.resolve("prometheus.yml"))
            .replace("127.0.0.1:9404", "127.0.0.1:" + exporter));
  }

  /** The same with the sample's other job: WebAdmin, which wants a token. */
  static Prometheus startWithWebAdmin(Path directory, int webAdmin, String token)
      throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("james-token"), token);
    return run(
        directory, configurationWithWebAdmin().replace("127.0.0.1:8000", "127.0.0.1:" + webAdmin));
  }

  /** The sample with its second job, which is a comment there, in place of the first. */
  static String configurationWithWebAdmin() throws IOException {
    String sample = Files.readString(SAMPLE.resolve("prometheus.yml"));
    int agent = sample.indexOf("  # The JMX exporter");
    int webAdmin = sample.indexOf("  # Or James' WebAdmin");
    return sample.substring(0, agent)
        + sample.substring(webAdmin).replaceAll("(?m)^  # (?=[- ] )", "  ");
  }

  private static Prometheus run(Path directory, String configuration) throws IOException {
    Files.copy(SAMPLE.resolve("rules.yml"), directory.resolve("rules.yml"));
    Files.writeString(
        directory.resolve("prometheus.yml"),
        configuration.replace("_interval: 1m", "_interval: 1s"));
    int port = Ports.anyFree();
    Process process =
        new ProcessBuilder(
                PrometheusTools.PROMETHEUS,
                "--config.file=prometheus.yml",
                "--storage.tsdb.path=data",
                "--web.listen-address=127.0.0.1:" + port)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("prometheus.log").toFile())
            .start();
    Prometheus prometheus = new Prometheus(port, process);
    Waiting.until(START, "Prometheus is ready", prometheus::isReady);
    return prometheus;
  }

  private boolean isReady() {
    if (!process.isAlive()) {
      throw new IllegalStateException("Prometheus ended with exit status " + process.exitValue());
    }
    try {
      return get("/-/ready").contains("Ready");
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** The series that a query gives now. */
  List<JsonNode> query(String expression) {
    return series("/api/v1/query?query=" + encoded(expression));
  }

  /** The series that a query gives for the day that ends now, as a panel asks for many days. */
  List<JsonNode> queryDays(String expression) {
    long now = Instant.now().getEpochSecond();
    long day = Duration.ofDays(1).toSeconds();
    return series(
        "/api/v1/query_range?start=%d&end=%d&step=%d&query=%s"
            .formatted(now - day, now, day, encoded(expression)));
  }

  private static String encoded(String expression) {
    return URLEncoder.encode(expression, StandardCharsets.UTF_8);
  }

  private List<JsonNode> series(String path) {
    JsonNode answer = json(path);
    List<JsonNode> series = new ArrayList<>();
    answer.path("data").path("result").forEach(series::add);
    return series;
  }

  /** The alerts that fire, by name and domain or reason, in order of the alphabet. */
  List<String> firing() {
    List<String> firing = new ArrayList<>();
    for (JsonNode alert : json("/api/v1/alerts").path("data").path("alerts")) {
      JsonNode labels = alert.path("labels");
      if (alert.path("state").asText().equals("firing")) {
        firing.add(
            String.join(
                    " ",
                    labels.path("alertname").asText(),
                    labels.path("domain").asText(),
                    labels.path("result_type").asText(),
                    labels.path("reason").asText())
                .strip()
                .replaceAll(" +", " "));
      }
    }
    firing.sort(null);
    return firing;
  }

  private JsonNode json(String path) {
    try {
      JsonNode answer = JSON.readTree(get(path));
      if (!answer.path("status").asText().equals("success")) {
        throw new IllegalStateException(path + ": " + answer);
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String get(String path) {
    return Loopback.get(port, path);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

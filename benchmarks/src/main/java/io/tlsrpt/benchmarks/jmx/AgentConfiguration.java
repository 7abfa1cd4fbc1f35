// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.jmx;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/** The file from which the Prometheus agent reads its rules; it reads anew what has changed. */
record AgentConfiguration(Path file) {
  /** The rules that users are given. */
  private static final Path OURS = Path.of("../conf/prometheus");

  void everything(JmxLayout layout) throws IOException {
    write(
        switch (layout) {
          case BEANS, CHECKED -> Files.readString(OURS.resolve("jmx-exporter.yml"));
          case MICROMETER -> micrometer();
        });
  }

  /** Of our beans. */
  void withoutBreakdowns() throws IOException {
    write(Files.readString(OURS.resolve("jmx-exporter-small.yml")));
  }

  private static String micrometer() throws IOException {
    try (InputStream in =
        requireNonNull(AgentConfiguration.class.getResourceAsStream("micrometer.yaml"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void write(String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(1)));
  }
}

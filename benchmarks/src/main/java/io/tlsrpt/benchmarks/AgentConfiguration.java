// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/** The file from which the Prometheus agent reads its rules; it reads anew what has changed. */
record AgentConfiguration(Path file) {
  private static final String WITHOUT_BREAKDOWNS =
      """
      excludeObjectNames: ["io.tlsrpt:type=Breakdown,*"]
      """;

  void everything(JmxLayout layout) throws IOException {
    write(rules(layout));
  }

  /** Of our beans. */
  void withoutBreakdowns() throws IOException {
    write(WITHOUT_BREAKDOWNS + rules(JmxLayout.BEANS));
  }

  private static String rules(JmxLayout layout) throws IOException {
    try (InputStream in = AgentConfiguration.class.getResourceAsStream(layout.rules())) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void write(String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(1)));
  }
}

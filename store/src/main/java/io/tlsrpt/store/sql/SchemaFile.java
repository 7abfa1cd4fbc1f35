// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/** Files with the statements that make a version of the schema. A released one never changes. */
public final class SchemaFile {
  private SchemaFile() {}

  /** The statements of a file beside this class, in order. */
  public static List<String> statements(String name) {
    return Stream.of(text(name).split(";\n", -1)).filter(sql -> !sql.isBlank()).toList();
  }

  private static String text(String name) {
    try (InputStream in = SchemaFile.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + name);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

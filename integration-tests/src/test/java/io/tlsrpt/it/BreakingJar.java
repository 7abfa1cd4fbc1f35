// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Makes a test build of the jar, whose reader breaks. */
final class BreakingJar {
  private static final String CLASS = "io/tlsrpt/report/parser/ReportParser.class";

  private BreakingJar() {}

  static Path make(Path jar, Path directory) throws IOException {
    Files.createDirectories(directory);
    Path source = directory.resolve("ReportParser.java");
    try (InputStream in = BreakingJar.class.getResourceAsStream("ReportParser.java")) {
      assertThat(in).isNotNull();
      Files.copy(in, source, StandardCopyOption.REPLACE_EXISTING);
    }
    compile(source, jar, directory);
    Path broken = directory.resolve(jar.getFileName().toString());
    Files.copy(jar, broken, StandardCopyOption.REPLACE_EXISTING);
    try (FileSystem zip = FileSystems.newFileSystem(broken)) {
      Files.copy(directory.resolve(CLASS), zip.getPath(CLASS), StandardCopyOption.REPLACE_EXISTING);
    }
    return broken;
  }

  private static void compile(Path source, Path jar, Path output) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    int status =
        compiler.run(
            null,
            null,
            null,
            "--release",
            "21",
            "-proc:none",
            "-classpath",
            jar.toString(),
            "-d",
            output.toString(),
            source.toString());
    assertThat(status).isZero();
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.tlsrpt.report.ContentForm;
import io.tlsrpt.report.ReportLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Reads every fixture; what is expected of it lies beside it, in a file of its name and
 * ".expected".
 */
class FixturesTest {
  private static final Path FIXTURES =
      Path.of("src/test/resources/io/tlsrpt/report/parser/fixtures");

  @TestFactory
  Stream<DynamicTest> validReportsShouldBeReadWithoutDeviation() throws IOException {
    return fixtures("valid", expected -> assertThat(expected).startsWith("deviations: \n"));
  }

  @TestFactory
  Stream<DynamicTest> deviatingReportsShouldBeReadAllTheSame() throws IOException {
    return fixtures("deviating", expected -> assertThat(expected).startsWith("deviations: "));
  }

  @TestFactory
  Stream<DynamicTest> malformedReportsShouldBeRefused() throws IOException {
    return fixtures("malformed", expected -> assertThat(expected).startsWith("malformed ("));
  }

  @TestFactory
  Stream<DynamicTest> hostileReportsShouldDoNoHarm() throws IOException {
    return fixtures("hostile", expected -> assertThat(expected).isNotBlank());
  }

  private static Stream<DynamicTest> fixtures(String folder, Consumer<String> ofTheFolder)
      throws IOException {
    List<Path> files;
    try (Stream<Path> list = Files.list(FIXTURES.resolve(folder))) {
      files = list.filter(file -> !file.toString().endsWith(".expected")).sorted().toList();
    }
    assertThat(files).as("fixtures in " + folder).isNotEmpty();
    return files.stream()
        .map(
            file ->
                dynamicTest(
                    file.getFileName().toString(),
                    () -> {
                      String expected = Files.readString(Path.of(file + ".expected"));
                      ofTheFolder.accept(expected);
                      assertThat(rendered(file))
                          .as(file.getFileName().toString())
                          .isEqualTo(expected);
                    }));
  }

  private static String rendered(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new ReportParser(ReportLimits.DEFAULT)
          .parse(in, ContentForm.UNKNOWN).stream().map(Rendering::of).collect(joining());
    }
  }
}

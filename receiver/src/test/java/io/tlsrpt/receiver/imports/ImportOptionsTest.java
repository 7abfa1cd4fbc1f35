// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which arguments are wrong, and what is said then. */
class ImportOptionsTest {
  @TempDir Path directory;

  private final ImportFixture command = new ImportFixture();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.db | --to is missing; it names the database",
        "--to t.db | no file is named; allowed: one or several files",
        "--to | --to has no value; allowed: jdbc:sqlite:<path of a file>",
        "--to jdbc:mysql://h/d a.db | --to has a value that is not allowed; allowed: jdbc:sqlite:",
        "--to t.db --since soon a.db | --since has a value that is not allowed; allowed: a time"
            + " from",
        "--to t.db --failureWindow 0 a.db | --failureWindow has a value that is not allowed",
        "--to t.db --quick a.db | --quick is no option; allowed: --to, --merge, --since",
        "--to t.db --mails a.eml | --mails needs --domains",
        "--to t.db --domains a.org a.db | --domains is for --mails only",
        "--to t.db --unsigned a.db | --unsigned is for --mails only",
        "--to t.db --mails --domains a_b! a.eml | --domains has a value that is not allowed"
      })
  void wrongArgumentShouldBeNamedWithWhatIsAllowed(String arguments, String message) {
    assertThat(command.run(arguments.split(" "))).isEqualTo(2);
    assertThat(command.said()).startsWith(message).contains("ImportReports --to <database>");
  }

  @Test
  void passwordOfUrlShouldNotBeSaid() {
    command.run("--to", "jdbc:postgresql:/bad?password=secret", "a.db");

    assertThat(command.said()).doesNotContain("secret");
  }

  @Test
  void helpShouldBeGiven() {
    assertThat(command.run("--help")).isZero();
    assertThat(command.said()).contains("--unsigned").contains("Exit code:");
  }
}

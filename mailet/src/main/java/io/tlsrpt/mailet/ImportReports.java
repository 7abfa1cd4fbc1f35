// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import io.tlsrpt.receiver.imports.ImportCommand;
import java.io.Console;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * A command that imports reports into a database: {@code java -cp …
 * io.tlsrpt.mailet.ImportReports}.
 */
public final class ImportReports {
  private ImportReports() {}

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String... arguments) {
    ImportCommand command =
        new ImportCommand(
            System.out::println, System.err::println, new Passwords(), InstantSource.system());
    System.exit(command.run(List.of(arguments)));
  }

  /** The environment's password as PostgreSQL's own programs take it, or one typed by a person. */
  private static final class Passwords implements ImportCommand.PasswordSource {
    @Override
    public Optional<String> given() {
      return Optional.ofNullable(System.getenv("PGPASSWORD"));
    }

    @Override
    public Optional<String> ask(String prompt) {
      return Optional.ofNullable(System.console())
          .map((Console console) -> console.readPassword("%s", prompt))
          .map(String::new);
    }
  }
}

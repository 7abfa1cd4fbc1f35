// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * As whom PostgreSQL's programs run. They refuse to run as root. So where we are root, they run in
 * a user namespace of their own, in which nobody is root, or, where that is forbidden, as another
 * user.
 *
 * @param prefix what stands before a command
 * @param owner who must own the files; empty if that is us
 */
record PostgresAccount(List<String> prefix, List<String> owner) {
  PostgresAccount {
    prefix = List.copyOf(prefix);
    owner = List.copyOf(owner);
  }

  /** Those to try, in this order. */
  static List<PostgresAccount> candidates() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return List.of(new PostgresAccount(List.of(), List.of()));
    }
    return List.of(
        new PostgresAccount(List.of("unshare", "--user"), List.of()),
        new PostgresAccount(List.of("runuser", "-u", "nobody", "--"), List.of("nobody")));
  }

  /** Gives the files to whoever must own them. */
  void own(Path directory) throws IOException {
    for (String user : owner) {
      run(List.of("chown", "-R", user, directory.toString()), directory);
    }
  }

  /** Runs a program of PostgreSQL to its end, which must be a good one. */
  void run(Path directory, Path program, String... arguments) throws IOException {
    run(
        Stream.of(prefix, List.of(program.toString()), List.of(arguments))
            .flatMap(List::stream)
            .toList(),
        directory);
  }

  private static void run(List<String> command, Path directory) throws IOException {
    Path output = Files.createTempFile("tlsrpt", ".out");
    try {
      ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command));
      builder.directory(directory.toFile()).redirectErrorStream(true);
      // To a file: the server that pg_ctl starts would keep a pipe open.
      builder.redirectOutput(output.toFile());
      // What a shell has set for a client of PostgreSQL is not meant for this server.
      builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
      if (builder.start().onExit().join().exitValue() != 0) {
        throw new IOException(
            String.join(" ", command) + ": " + Files.readString(output).strip().lines().toList());
      }
    } finally {
      Files.delete(output);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What an administrator asks James by HTTP, in the very words of {@code docs/operations.md}: only
 * the port is another one.
 */
record WebAdmin(int port) {
  private static final String SERVER = "http://127.0.0.1:8000";
  private static final Pattern TASK = Pattern.compile("\"taskId\":\"([^\"]+)\"");

  /**
   * Runs a command of the document, and waits for the task that it begins, if any.
   *
   * @param comment how the line above the command begins
   * @return the answer
   */
  String run(String comment) {
    return run(comment, "");
  }

  /**
   * The same.
   *
   * @param more put behind the command's URL
   */
  String run(String comment, String more) {
    MatchResult command = command(comment);
    return send(command, command.group(2) + more);
  }

  /** The same, of a command with a mail's name in it. */
  String runFor(String mail, String comment) {
    MatchResult command = command(comment);
    return send(command, command.group(2).replace("<name>", mail));
  }

  private String send(MatchResult command, String url) {
    String method = Optional.ofNullable(command.group(1)).orElse("GET");
    String answer = Loopback.send(method, port, url.substring(SERVER.length()));
    TASK.matcher(answer)
        .results()
        .forEach(task -> Loopback.get(port, "/tasks/" + task.group(1) + "/await"));
    return answer;
  }

  private static MatchResult command(String comment) {
    try {
      return Pattern.compile(
              "(?m)^# \\Q" + comment + "\\E.*\ncurl (?:-X([A-Z]+) )?'(\\Q" + SERVER + "\\E[^']+)'$")
          .matcher(Files.readString(Build.root().resolve("docs/operations.md")))
          .results()
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no command to " + comment));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

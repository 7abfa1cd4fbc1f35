// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.connections;

import io.tlsrpt.checks.words.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A reply of an SMTP server (RFC 5321 §4.2), within limits. */
sealed interface SmtpReply {
  int MAX_LINES = 100;

  /** Octets with the line's end. The RFC allows 512; some servers know no limit. */
  int MAX_LINE = 2_048;

  /**
   * A reply.
   *
   * @param lines without the code, as written; at least one
   */
  record Said(int code, List<String> lines) implements SmtpReply {
    public Said {
      lines = List.copyOf(lines);
    }

    boolean isTemporary() {
      return code / 100 == 4;
    }

    /** Code and first line, as plain text. */
    String words() {
      return Words.quoted(code + " " + lines.getFirst());
    }

    /** Whether a reply to EHLO offers an extension; its first line only greets. */
    boolean offers(String keyword) {
      return lines.stream()
          .skip(1)
          .map(String::strip)
          .anyMatch(
              line ->
                  line.equalsIgnoreCase(keyword)
                      || line.regionMatches(true, 0, keyword + " ", 0, keyword.length() + 1));
    }
  }

  /** No reply, or none that could be read; why, in words. */
  record None(String words) implements SmtpReply {}

  /** Reads the next one; never throws for what the server sends, or if the connection breaks. */
  static SmtpReply read(HostInput in) {
    try {
      return readLines(in);
    } catch (NotReadableException e) {
      return new None(Words.reason(e));
    } catch (IOException e) {
      return new None("the connection broke: " + Words.reason(e));
    }
  }

  private static SmtpReply readLines(HostInput in) throws IOException {
    List<String> lines = new ArrayList<>();
    while (lines.size() < MAX_LINES) {
      String line = in.line(MAX_LINE);
      int code = code(line);
      lines.add(line.length() > 4 ? line.substring(4) : "");
      if (line.length() == 3 || line.charAt(3) != '-') {
        return new Said(code, lines);
      }
    }
    throw new NotReadableException("it sent a reply of more than " + MAX_LINES + " lines");
  }

  private static int code(String line) throws NotReadableException {
    boolean isReply =
        line.length() >= 3
            && line.charAt(0) >= '2'
            && line.charAt(0) <= '5'
            && isDigit(line.charAt(1))
            && isDigit(line.charAt(2))
            && (line.length() == 3 || line.charAt(3) == ' ' || line.charAt(3) == '-');
    if (!isReply) {
      throw new NotReadableException("it sent what is no SMTP reply: " + Words.quoted(line));
    }
    return Integer.parseInt(line.substring(0, 3));
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }
}

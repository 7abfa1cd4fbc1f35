// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import io.tlsrpt.figures.RejectionReason;
import io.tlsrpt.figures.ReportOutcome.Rejected;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMultipart;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Finds the reports in a mail: body parts labelled as one, in a {@code multipart/report} or alone
 * (RFC 8460 §5.3). A forwarded mail is not looked into: its reporter did not sign what carries it.
 * The walk keeps its own list of what is left to see, so that no nesting can deepen a stack.
 */
final class ReportParts {
  private static final int MAX_DEPTH = 10;
  private static final int MAX_PARTS = 100;

  private ReportParts() {}

  /** What the walk came to. */
  sealed interface Search {
    /** At least one. */
    record Found(List<Part> reports) implements Search {}

    record NotFound(Rejected why) implements Search {}
  }

  static Search in(Part message) throws MessagingException {
    Deque<Nested> left = new ArrayDeque<>(List.of(new Nested(message, 0)));
    List<Part> reports = new ArrayList<>();
    int seen = 0;
    while (!left.isEmpty()) {
      Nested next = left.removeFirst();
      if (++seen > MAX_PARTS) {
        return limit("more than " + MAX_PARTS + " body parts");
      }
      MediaType type = MediaType.of(next.part());
      if (type.isReport()) {
        reports.add(next.part());
      } else if (type.isMultipart()) {
        if (next.depth() == MAX_DEPTH) {
          return limit("body parts nested deeper than " + MAX_DEPTH);
        }
        addChildren(next, left);
      }
    }
    return reports.isEmpty()
        ? new Search.NotFound(
            new Rejected(RejectionReason.NOT_A_REPORT, "no body part is labelled as a TLS report"))
        : new Search.Found(reports);
  }

  private static void addChildren(Nested parent, Deque<Nested> left) throws MessagingException {
    // Straight from the bytes: getContent() would ask the mailcap registry of the server.
    MimeMultipart multipart = new MimeMultipart(parent.part().getDataHandler().getDataSource());
    for (int i = 0; i < multipart.getCount() && i <= MAX_PARTS; i++) {
      BodyPart child = multipart.getBodyPart(i);
      left.addLast(new Nested(child, parent.depth() + 1));
    }
  }

  private static Search limit(String detail) {
    return new Search.NotFound(new Rejected(RejectionReason.LIMIT, detail));
  }

  private record Nested(Part part, int depth) {}
}

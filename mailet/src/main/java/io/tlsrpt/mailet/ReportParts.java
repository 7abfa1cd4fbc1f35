// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import io.tlsrpt.figures.RejectionReason;
import io.tlsrpt.figures.ReportOutcome.Rejected;
import io.tlsrpt.report.ReportLimits;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMultipart;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Finds the body parts of a mail that may be reports, in any container (RFC 8460 §5.3 asks for
 * {@code multipart/report}) or alone. A forwarded mail is not looked into: its reporter did not
 * sign what carries it. The walk keeps its own list of what is left to see, so that no nesting can
 * deepen a stack.
 */
final class ReportParts {
  private final ReportLimits limits;

  ReportParts(ReportLimits limits) {
    this.limits = limits;
  }

  /** What the walk came to. */
  sealed interface Search {
    /**
     * The leaves of the mail.
     *
     * @param labelled parts labelled as reports
     * @param others parts that only their content can tell
     */
    record Found(List<Leaf> labelled, List<Leaf> others) implements Search {}

    record TooMuch(Rejected why) implements Search {}
  }

  /** A body part that holds no other. */
  record Leaf(Part part, MediaType type) {}

  Search in(Part message) throws MessagingException {
    Deque<Nested> left = new ArrayDeque<>(List.of(new Nested(message, 0)));
    List<Leaf> labelled = new ArrayList<>();
    List<Leaf> others = new ArrayList<>();
    int seen = 0;
    while (!left.isEmpty()) {
      Nested next = left.removeFirst();
      if (++seen > limits.maxMimeParts()) {
        return limit("more body parts than maxMimeParts = " + limits.maxMimeParts());
      }
      MediaType type = MediaType.of(next.part());
      if (type.isMultipart()) {
        if (next.depth() == limits.maxMimeDepth()) {
          return limit("body parts nested deeper than maxMimeDepth = " + limits.maxMimeDepth());
        }
        try {
          addChildren(next, left, limits.maxMimeParts() - seen - left.size());
        } catch (BoundedMultipart.TooManyPartsException e) {
          return limit("more body parts than maxMimeParts = " + limits.maxMimeParts());
        }
      } else if (type.isReport()) {
        labelled.add(new Leaf(next.part(), type));
      } else if (!type.isMessage()) {
        others.add(new Leaf(next.part(), type));
      }
    }
    return new Search.Found(labelled, others);
  }

  private static void addChildren(Nested parent, Deque<Nested> left, int atMost)
      throws MessagingException {
    MimeMultipart multipart = new BoundedMultipart(parent.part(), atMost);
    for (int i = 0; i < multipart.getCount(); i++) {
      left.addLast(new Nested(multipart.getBodyPart(i), parent.depth() + 1));
    }
  }

  private static Search limit(String detail) {
    return new Search.TooMuch(new Rejected(RejectionReason.LIMIT, detail));
  }

  private record Nested(Part part, int depth) {}
}

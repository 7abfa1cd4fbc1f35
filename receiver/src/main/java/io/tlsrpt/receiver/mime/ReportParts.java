// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.mime;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.message.RawMail;
import io.tlsrpt.report.ReportLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds the body parts of a mail that may be reports, in any container (RFC 8460 §5.3 asks for
 * {@code multipart/report}) or alone. It does not look into a forwarded mail, since the reporter
 * did not sign the mail around it. Takes linear time and stops at the limits. May be used by many
 * threads.
 */
public final class ReportParts {
  private final ReportLimits limits;

  /** Looks for parts within limits. */
  public ReportParts(ReportLimits limits) {
    this.limits = requireNonNull(limits, "limits");
  }

  /** The result of a walk. */
  public sealed interface Search {
    /**
     * The parts of the mail that hold no other.
     *
     * @param labelled parts labelled as reports
     * @param others parts without such a label, whose content may still be a report
     * @param messages mails within the mail, which are not looked into
     */
    record Found(List<BodyPart> labelled, List<BodyPart> others, List<BodyPart> messages)
        implements Search {
      public Found {
        labelled = List.copyOf(labelled);
        others = List.copyOf(others);
        messages = List.copyOf(messages);
      }

      /** Whether a report seems to be in a mail within the mail. */
      public boolean hasForwardedReport() {
        return Stream.concat(messages.stream(), others.stream())
            .anyMatch(ForwardedReport::seemsToBeIn);
      }

      static Found of(List<BodyPart> parts) {
        List<BodyPart> labelled = new ArrayList<>();
        List<BodyPart> others = new ArrayList<>();
        List<BodyPart> messages = new ArrayList<>();
        for (BodyPart part : parts) {
          if (part.type().isReport()) {
            labelled.add(part);
          } else if (part.type().isMessage()) {
            messages.add(part);
          } else {
            others.add(part);
          }
        }
        return new Found(labelled, others, messages);
      }
    }

    /**
     * The mail says that it is a multipart of reports, but nothing divides it.
     *
     * @param why in words
     */
    record Broken(String why) implements Search {}

    /**
     * The mail is over a limit.
     *
     * @param why in words, with the limit
     */
    record TooMuch(String why) implements Search {}
  }

  /** Walks through a mail; never fails. */
  public Search in(RawMail mail) {
    MediaType type = MediaType.of(mail.header());
    if (!type.isMultipart()) {
      return Search.Found.of(
          List.of(new BodyPart(mail.header(), type, mail.bytes(), mail.bodyStart(), mail.size())));
    }
    try {
      List<BodyPart> parts =
          new MultipartWalk(mail.bytes(), mail.bodyStart(), mail.size(), limits).parts(type);
      return parts.isEmpty() && type.isReportContainer()
          ? new Search.Broken("the multipart/report has no body part: no line is its boundary")
          : Search.Found.of(parts);
    } catch (TooMuchException e) {
      return new Search.TooMuch(e.why());
    }
  }
}

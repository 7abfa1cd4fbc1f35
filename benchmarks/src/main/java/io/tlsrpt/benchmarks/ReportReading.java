// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks;

import io.tlsrpt.message.RawMail;
import io.tlsrpt.receiver.mime.BodyPart;
import io.tlsrpt.receiver.mime.BodyReader;
import io.tlsrpt.receiver.mime.ReportHeader;
import io.tlsrpt.receiver.mime.ReportParts;
import io.tlsrpt.report.ParseResult;
import io.tlsrpt.report.ReportLimits;
import io.tlsrpt.report.parser.ReportParser;
import java.util.List;

/** The product's own steps from a mail to records, without signature and store. */
final class ReportReading {
  private final ReportParts parts = new ReportParts(ReportLimits.DEFAULT);
  private final BodyReader bodies = new BodyReader(new ReportParser(ReportLimits.DEFAULT));

  ReportParts.Search search(RawMail mail) {
    return parts.in(mail);
  }

  /** The parts that are labelled as reports. */
  List<BodyPart> labelled(RawMail mail) {
    if (search(mail) instanceof ReportParts.Search.Found found && !found.labelled().isEmpty()) {
      return found.labelled();
    }
    throw new IllegalStateException("the mail has no report");
  }

  List<ParseResult> read(RawMail mail) {
    BodyPart part = labelled(mail).getFirst();
    List<ParseResult> results = bodies.read(part, bodies.budget(() -> {}));
    if (results.getFirst() instanceof ParseResult.Parsed parsed) {
      // As the intake does: header and report are held against each other.
      ReportHeader.of(mail.header()).deviations(parsed.deviations(), parsed.report());
      return results;
    }
    throw new IllegalStateException("the report is not read");
  }
}

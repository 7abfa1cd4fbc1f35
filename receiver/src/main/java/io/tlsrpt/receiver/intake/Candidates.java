// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.intake;

import io.tlsrpt.receiver.mime.BodyPart;
import io.tlsrpt.receiver.mime.ReportHeader;
import java.util.List;

/**
 * The body parts of a mail that may be reports.
 *
 * @param header what the mail's header says of its reports
 * @param labelled parts labelled as reports
 * @param others parts that begin as reports do
 */
record Candidates(ReportHeader header, List<BodyPart> labelled, List<BodyPart> others) {
  Candidates {
    labelled = List.copyOf(labelled);
    others = List.copyOf(others);
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim.peers;

import java.util.ArrayList;
import java.util.List;

/** Mails as no reporter writes them, all of which RFC 5322 and RFC 6376 have a meaning for. */
record Mails(Odd odd, Oddities oddities) {
  private static final List<String> NAMES =
      List.of(
          "To",
          "Subject",
          "Date",
          "Message-ID",
          "TLS-Report-Domain",
          "TLS-Report-Submitter",
          "Content-Type",
          "Received",
          "X-Odd_Name!");

  Mail next() {
    List<String> fields = new ArrayList<>();
    fields.add(field("From"));
    if (odd.chance(0.04)) {
      fields.add(field("From"));
    }
    for (int i = odd.below(10); i > 0; i--) {
      // Mostly of few names, so that some come again.
      fields.add(odd.below(fields.size() + 1), field(odd.one(NAMES.subList(0, 4 + odd.below(6)))));
    }
    return new Mail(fields, body());
  }

  String field(String name) {
    return odd.cased(name)
        + (oddities.blanksBeforeColons() && odd.chance(0.3) ? odd.blanks() : "")
        + ":"
        + (name.equalsIgnoreCase("From") ? author() : value());
  }

  /** OpenDKIM asks for an address there. */
  private String author() {
    StringBuilder author = new StringBuilder(odd.space(0.9));
    for (int words = odd.below(4); words > 0; words--) {
      author
          .append(
              odd.one(
                  List.of("Mail", "reports", oddities.eightBitHeader() ? "caf\u00E9\u0080" : "of")))
          .append(odd.chance(0.6) ? odd.blanks() : odd.fold());
    }
    return author + "<reports@" + Keys.DOMAIN + ">" + odd.space(0.2);
  }

  private String value() {
    StringBuilder value =
        new StringBuilder(odd.chance(0.7) ? " " : odd.chance(0.3) ? odd.fold() : odd.space(0.5));
    for (int words = odd.below(8); words > 0; words--) {
      value.append(odd.word(oddities, oddities.eightBitHeader())).append(odd.space(0.8));
    }
    return odd.chance(0.1) ? value + odd.blanks() : value.toString();
  }

  private String body() {
    StringBuilder body = new StringBuilder();
    for (int lines = odd.chance(0.25) ? odd.below(2) : odd.below(12); lines > 0; lines--) {
      body.append(line()).append(Odd.LINE_END);
    }
    if (odd.chance(0.3)) {
      body.append(Odd.LINE_END.repeat(1 + odd.below(odd.chance(0.1) ? 300 : 4)));
    }
    return oddities.lastLineOpen() ? body + line() : body.toString();
  }

  private String line() {
    if (odd.chance(0.2)) {
      return odd.chance(0.5) ? "" : odd.blanks();
    }
    StringBuilder line = new StringBuilder(odd.chance(0.2) ? odd.blanks() : "");
    for (int words = odd.chance(0.01) ? 300 : odd.below(10); words > 0; words--) {
      line.append(odd.word(oddities, oddities.eightBitBody()))
          .append(odd.chance(0.8) ? odd.blanks() : "");
    }
    return line.toString();
  }
}

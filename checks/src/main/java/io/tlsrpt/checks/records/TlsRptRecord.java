// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.records;

import io.tlsrpt.report.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a domain asks for reports, as senders read it from the TXT records at {@code
 * _smtp._tls.<domain>} (RFC 8460 §3). All words are safe to show.
 */
public sealed interface TlsRptRecord {
  /**
   * No text is such a record.
   *
   * @param nearly a text that was probably meant as one
   */
  record None(Optional<String> nearly) implements TlsRptRecord {}

  /** Senders take none of several. */
  record Several(int records) implements TlsRptRecord {
    /** What is wrong. */
    public String words() {
      return records + " TLS-RPT records: senders take none of them";
    }
  }

  /**
   * One record, of which senders can make nothing.
   *
   * @param words what is wrong, with what is written
   */
  record Unreadable(String words) implements TlsRptRecord {}

  /**
   * One record that senders understand.
   *
   * @param ruas where reports go, at least one and at most {@value #MAX_RUAS}
   * @param notUsable URIs that lead nowhere, cut
   */
  record Good(List<Rua> ruas, List<String> notUsable) implements TlsRptRecord {
    public Good {
      ruas = List.copyOf(ruas);
      notUsable = List.copyOf(notUsable);
    }

    /** The addresses to which reports go by mail. */
    public List<Rua.Mail> mails() {
      return ruas.stream().filter(Rua.Mail.class::isInstance).map(Rua.Mail.class::cast).toList();
    }
  }

  int MAX_RUAS = 20;

  /** What senders take from these texts; each is the strings of one record, joined. */
  static TlsRptRecord of(List<String> texts) {
    List<String> records =
        texts.stream().filter(text -> TextFields.hasVersion(text, "v=TLSRPTv1")).toList();
    return switch (records.size()) {
      case 0 ->
          new None(
              texts.stream()
                  .filter(text -> TextFields.nearlyHasVersion(text, "v=TLSRPTv1"))
                  .findFirst()
                  .map(Quote::of));
      case 1 -> read(records.getFirst());
      default -> new Several(records.size());
    };
  }

  private static TlsRptRecord read(String record) {
    return TextFields.parse(record)
        .<TlsRptRecord>map(fields -> read(fields.values("rua"), record))
        .orElseGet(() -> new Unreadable("the TLS-RPT record is unreadable: " + Quote.of(record)));
  }

  private static TlsRptRecord read(List<String> fields, String record) {
    List<Rua> ruas = new ArrayList<>();
    List<String> notUsable = new ArrayList<>();
    fields.stream()
        .flatMap(field -> List.of(field.split(",", MAX_RUAS + 1)).stream())
        .map(TextFields::strip)
        .limit(MAX_RUAS)
        .forEach(
            uri ->
                Rua.parse(uri)
                    .ifPresentOrElse(ruas::add, () -> notUsable.add(PlainText.of(uri, 80))));
    if (!ruas.isEmpty()) {
      return new Good(ruas, notUsable);
    }
    String why =
        notUsable.stream().allMatch(String::isEmpty)
            ? "the TLS-RPT record names no address: "
            : "the TLS-RPT record names no mailto: or https: address: ";
    return new Unreadable(why + Quote.of(record));
  }
}

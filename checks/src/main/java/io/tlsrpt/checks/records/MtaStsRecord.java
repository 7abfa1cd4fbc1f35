// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.records;

import java.util.List;
import java.util.Optional;

/**
 * Whether a domain says that it has an MTA-STS policy, and which, as senders read it from the TXT
 * records at {@code _mta-sts.<domain>} (RFC 8461 §3.1). All words are safe to show.
 */
public sealed interface MtaStsRecord {
  /**
   * No text is such a record.
   *
   * @param nearly a text that was probably meant as one
   */
  record None(Optional<String> nearly) implements MtaStsRecord {}

  /** Senders take none of several: to them the domain has no policy. */
  record Several(int records) implements MtaStsRecord {
    /** What is wrong. */
    public String words() {
      return records + " MTA-STS records: senders take none of them";
    }
  }

  /**
   * One record, which to senders is as good as none.
   *
   * @param words what is wrong, with what is written
   */
  record Unreadable(String words) implements MtaStsRecord {}

  /**
   * One record that senders understand.
   *
   * @param id 1 to 32 letters and digits; a sender that knows this id does not fetch the policy
   */
  record Good(String id) implements MtaStsRecord {}

  /** What senders take from these texts; each is the strings of one record, joined. */
  static MtaStsRecord of(List<String> texts) {
    List<String> records =
        texts.stream().filter(text -> TextFields.hasVersion(text, "v=STSv1")).toList();
    return switch (records.size()) {
      case 0 ->
          new None(
              texts.stream()
                  .filter(text -> TextFields.nearlyHasVersion(text, "v=STSv1"))
                  .findFirst()
                  .map(Quote::of));
      case 1 -> read(records.getFirst());
      default -> new Several(records.size());
    };
  }

  private static MtaStsRecord read(String record) {
    Optional<TextFields> fields = TextFields.parse(record);
    if (fields.isEmpty()) {
      return new Unreadable("the MTA-STS record is unreadable: " + Quote.of(record));
    }
    List<String> ids = fields.get().values("id");
    if (ids.isEmpty()) {
      return new Unreadable("the MTA-STS record has no id: " + Quote.of(record));
    }
    String id = ids.getFirst();
    return isId(id)
        ? new Good(id)
        : new Unreadable(
            "the id of the MTA-STS record is not 1 to 32 letters and digits: " + Quote.of(id));
  }

  private static boolean isId(String id) {
    return !id.isEmpty()
        && id.length() <= 32
        && id.chars().allMatch(c -> c < 128 && Character.isLetterOrDigit(c));
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.dns;

import io.tlsrpt.checks.dns.Exchange.Reply;
import io.tlsrpt.report.PlainText;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;

/** One question to the resolver, and what its answer means. */
final class Resolution {
  private final Name asked;
  private final int type;
  private final Exchange exchange;

  private Resolution(Name asked, int type, Duration limit) {
    this.asked = asked;
    this.type = type;
    this.exchange = new Exchange(asked, type, limit);
  }

  /**
   * Asks, and waits.
   *
   * @param name without a dot at the end
   * @param type of dnsjava's {@link org.xbill.DNS.Type}
   * @param limit for all of it
   */
  static Answer<Record> of(String name, int type, Duration limit) {
    try {
      return new Resolution(Name.fromString(name + "."), type, limit).answer();
    } catch (TextParseException e) {
      return new Answer.Unavailable<>("too long a name for the DNS");
    }
  }

  static String text(Name name) {
    return PlainText.of(name.toString(true).toLowerCase(Locale.ROOT));
  }

  private Answer<Record> answer() {
    return switch (exchange.ask()) {
      case Reply.Nothing nothing -> new Answer.Unavailable<>(nothing.why());
      case Reply.Got got -> read(got.message());
    };
  }

  private Answer<Record> read(Message answer) {
    return switch (answer.getRcode()) {
      case Rcode.NOERROR -> records(answer);
      case Rcode.NXDOMAIN -> new Answer.Absent<>(isSecure(answer), false);
      case Rcode.SERVFAIL -> failed(answer);
      default -> new Answer.Unavailable<>(words(answer));
    };
  }

  /** Whether the resolver failed, or refuses what does not validate. */
  private Answer<Record> failed(Message answer) {
    return ExtendedErrors.sayBogus(answer) || isAnsweredWithoutValidation()
        ? new Answer.Bogus<>(bogusWords(answer))
        : new Answer.Unavailable<>(words(answer));
  }

  private boolean isAnsweredWithoutValidation() {
    return exchange.askWithoutValidation() instanceof Reply.Got got
        && (got.message().getRcode() == Rcode.NOERROR
            || got.message().getRcode() == Rcode.NXDOMAIN);
  }

  private static String bogusWords(Message answer) {
    String words = ExtendedErrors.words(answer);
    return words.isEmpty() ? "the resolver answers only without validation" : words;
  }

  private static String words(Message answer) {
    String words = ExtendedErrors.words(answer);
    String rcode = Rcode.string(answer.getRcode());
    return words.isEmpty() ? rcode : rcode + ", " + words;
  }

  private Answer<Record> records(Message answer) {
    List<Record> section = answer.getSection(Section.ANSWER);
    Optional<Name> end = new Aliases(section).end(asked);
    if (end.isEmpty()) {
      return new Answer.Unavailable<>("too many aliases in a row (CNAME)");
    }
    List<Record> records =
        section.stream()
            .filter(record -> record.getType() == type && record.getDClass() == DClass.IN)
            .filter(record -> record.getName().equals(end.get()))
            .toList();
    if (records.isEmpty()) {
      return new Answer.Absent<>(isSecure(answer), true);
    }
    long ttl = records.stream().mapToLong(Record::getTTL).min().orElse(0);
    return new Answer.Found<>(
        records, 0, isSecure(answer), text(end.get()), Duration.ofSeconds(ttl));
  }

  private static boolean isSecure(Message answer) {
    return answer.getHeader().getFlag(Flags.AD);
  }
}

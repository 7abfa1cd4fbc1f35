// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tlsrpt.dns.TimedAnswer;
import io.tlsrpt.report.DomainName;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Looks keys up with the server's own resolver. James' DNSService is not used, because it gives the
 * same answer for a missing name and for a DNS that is down. A query takes as long as the
 * resolver's timeouts allow.
 */
final class DnsKeys {
  /** One is usual; a second may be there while keys change, and each is tried. */
  private static final int MAX_RECORDS = 4;

  /** In characters; a key of 4096 bits takes 750. */
  private static final int MAX_LENGTH = 4_096;

  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  /**
   * How long a failed query is remembered: a burst of mails causes one query, and recovery is
   * noticed soon.
   */
  private static final Duration UNTIL_NEXT_TRY = Duration.ofSeconds(5);

  private DnsKeys() {}

  /**
   * The name of a key.
   *
   * @throws TextParseException if there can be no such name
   */
  static Name name(String selector, DomainName domain) throws TextParseException {
    return Name.fromString(selector + "._domainkey." + domain + ".");
  }

  static TimedAnswer<KeyAnswer> query(Name name) {
    Lookup lookup = new Lookup(name, Type.TXT);
    lookup.setCache(null);
    Record[] records = lookup.run();
    return switch (lookup.getResult()) {
      case Lookup.SUCCESSFUL -> found(records);
      case Lookup.HOST_NOT_FOUND, Lookup.TYPE_NOT_FOUND ->
          new TimedAnswer<>(new KeyAnswer.Absent(), SHORTEST);
      default ->
          new TimedAnswer<>(
              KeyAnswer.Unavailable.unanswered(lookup.getErrorString()), UNTIL_NEXT_TRY);
    };
  }

  /** No answer, since asking failed. */
  static TimedAnswer<KeyAnswer> failed(RuntimeException why) {
    return new TimedAnswer<>(KeyAnswer.Unavailable.unanswered(why.toString()), UNTIL_NEXT_TRY);
  }

  private static TimedAnswer<KeyAnswer> found(Record[] records) {
    List<TXTRecord> texts =
        Arrays.stream(records)
            .filter(TXTRecord.class::isInstance)
            .map(TXTRecord.class::cast)
            .filter(text -> text(text).length() <= MAX_LENGTH)
            .limit(MAX_RECORDS)
            .toList();
    if (texts.isEmpty()) {
      return new TimedAnswer<>(new KeyAnswer.Absent(), SHORTEST);
    }
    long ttl = texts.stream().mapToLong(Record::getTTL).min().orElse(0);
    List<KeyRecord> keys =
        texts.stream().flatMap(text -> KeyRecord.of(text(text)).stream()).toList();
    KeyAnswer answer = keys.isEmpty() ? new KeyAnswer.Unreadable() : new KeyAnswer.Found(keys);
    return new TimedAnswer<>(
        answer, Duration.ofSeconds(Math.clamp(ttl, SHORTEST.toSeconds(), LONGEST.toSeconds())));
  }

  /** RFC 6376 §3.6.2.2: strings are joined without blanks. */
  private static String text(TXTRecord text) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    text.getStringsAsByteArrays().forEach(joined::writeBytes);
    return joined.toString(ISO_8859_1);
  }
}

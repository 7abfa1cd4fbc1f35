// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.dns;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;

/** TXT records as texts. */
final class Texts {
  private Texts() {}

  static Answer<String> of(Answer.Found<Record> found, int max, int maxOctets) {
    List<String> texts = new ArrayList<>();
    int tooLong = 0;
    for (TXTRecord record : Limited.ofType(found, TXTRecord.class)) {
      byte[] text = joined(record);
      if (text.length <= maxOctets) {
        texts.add(new String(text, UTF_8));
      } else {
        tooLong++;
      }
    }
    // A wildcard answers with all verification texts of a domain: what has a version goes first.
    texts.sort(Comparator.comparing((String text) -> !text.startsWith("v=")));
    Answer.Found<String> limited = Limited.of(found, texts, max);
    return new Answer.Found<>(
        limited.records(),
        limited.more() + tooLong,
        limited.secure(),
        limited.owner(),
        limited.ttl());
  }

  /** RFC 8460 §3 and RFC 8461 §3.1: strings are joined without blanks. */
  private static byte[] joined(TXTRecord record) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    record.getStringsAsByteArrays().forEach(joined::writeBytes);
    return joined.toByteArray();
  }
}

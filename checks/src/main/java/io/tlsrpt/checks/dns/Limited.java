// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.dns;

import java.util.List;
import org.xbill.DNS.Record;

/** As many records of an answer as are looked at. */
final class Limited {
  private Limited() {}

  static <R extends Record> List<R> ofType(Answer.Found<Record> found, Class<R> type) {
    return found.records().stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** The first of them, with the circumstances of the records that they were made of. */
  static <T> Answer.Found<T> of(Answer.Found<?> found, List<T> all, int max) {
    List<T> kept = all.stream().limit(max).toList();
    return new Answer.Found<>(
        kept, all.size() - kept.size(), found.secure(), found.owner(), found.ttl());
  }
}

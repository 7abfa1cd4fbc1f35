// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.dns;

import java.util.List;
import java.util.Optional;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/**
 * The way from the name asked about to the one that has the records. dnsjava 3.5 does not check
 * whether an answer belongs to its question (CVE-2024-25638), so nothing else is taken from it.
 */
final class Aliases {
  private static final int MAX_LINKS = 8;

  private final List<Record> answer;

  Aliases(List<Record> answer) {
    this.answer = answer;
  }

  /** The end of the chain; empty if it has more than {@value #MAX_LINKS} links, or is a circle. */
  Optional<Name> end(Name asked) {
    Name at = asked;
    for (int links = 0; links <= MAX_LINKS; links++) {
      Optional<Name> next = target(at);
      if (next.isEmpty()) {
        return Optional.of(at);
      }
      at = next.get();
    }
    return Optional.empty();
  }

  private Optional<Name> target(Name owner) {
    return answer.stream()
        .filter(CNAMERecord.class::isInstance)
        .map(CNAMERecord.class::cast)
        .filter(alias -> alias.getName().equals(owner))
        .map(CNAMERecord::getTarget)
        .findFirst();
  }
}

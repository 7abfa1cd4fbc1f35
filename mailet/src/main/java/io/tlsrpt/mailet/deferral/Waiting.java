// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet.deferral;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The mails that wait, and whether there is a place for one more. Thread-safe. */
final class Waiting {
  private static final int MAX_MAILS = 1_000;
  private static final long MAX_BYTES = 256L << 20;
  private static final int MAX_MAILS_OF_AN_ORGANISATION = 20;

  private final Map<MailDigest, Entry> entries = new HashMap<>();

  /**
   * A mail that waits.
   *
   * @param due when it is to be judged again
   */
  record Entry(Ticket ticket, long size, Instant due) {}

  /** Takes a place for a mail, if there is one. */
  synchronized Offer offer(MailDigest digest, Entry entry) {
    if (entries.containsKey(digest)) {
      return new Offer.KeptBefore();
    }
    if (entries.size() >= MAX_MAILS) {
      return new Offer.Full(MAX_MAILS + " mails wait already");
    }
    if (entries.values().stream().mapToLong(Entry::size).sum() + entry.size() > MAX_BYTES) {
      return new Offer.Full("more than " + MAX_BYTES + " bytes would wait");
    }
    String organisation = entry.ticket().organisation();
    if (entries.values().stream()
            .filter(other -> other.ticket().organisation().equals(organisation))
            .count()
        >= MAX_MAILS_OF_AN_ORGANISATION) {
      return new Offer.Full(
          MAX_MAILS_OF_AN_ORGANISATION + " mails of " + organisation + " wait already");
    }
    entries.put(digest, entry);
    return new Offer.Kept();
  }

  synchronized void add(MailDigest digest, Entry entry) {
    entries.put(digest, entry);
  }

  synchronized Optional<Ticket> remove(MailDigest digest) {
    return Optional.ofNullable(entries.remove(digest)).map(Entry::ticket);
  }

  synchronized Optional<Ticket> ticket(MailDigest digest) {
    return Optional.ofNullable(entries.get(digest)).map(Entry::ticket);
  }

  synchronized void postpone(MailDigest digest, Ticket ticket, Instant due) {
    entries.computeIfPresent(digest, (d, entry) -> new Entry(ticket, entry.size(), due));
  }

  /** Those to be judged again now, the longest due first. */
  synchronized List<MailDigest> due(Instant now) {
    return entries.entrySet().stream()
        .filter(entry -> !entry.getValue().due().isAfter(now))
        .sorted(Comparator.comparing(entry -> entry.getValue().due()))
        .map(Map.Entry::getKey)
        .toList();
  }
}

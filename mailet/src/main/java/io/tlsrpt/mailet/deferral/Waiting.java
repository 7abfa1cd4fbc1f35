// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet.deferral;

import io.tlsrpt.figures.DeferralReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The mails that wait, and whether there is a place for one more. Thread-safe. */
final class Waiting {
  static final Duration SHORTEST_PAUSE = Duration.ofSeconds(10);
  static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

  private static final int MAX_MAILS = 1_000;
  private static final long MAX_BYTES = 256L << 20;

  /** Anybody can send mails that look like those of an organisation. */
  private static final int MAX_UNPROVEN_MAILS_OF_ONE = 20;

  private static final long MAX_UNPROVEN_BYTES_OF_ONE = 32L << 20;

  /** A large reporter sends a mail for each of hundreds of domains within an hour. */
  private static final int MAX_MAILS_OF_ONE = MAX_MAILS / 2;

  private static final long MAX_BYTES_OF_ONE = MAX_BYTES / 2;

  private final Map<MailDigest, Entry> entries = new HashMap<>();

  /**
   * A mail that waits.
   *
   * @param due when it is to be judged again
   * @param tries how often it has been
   * @param state what is done with it now
   */
  record Entry(Ticket ticket, long size, Instant due, int tries, State state) {
    private Entry inHand() {
      return state == State.SETTLED ? this : new Entry(ticket, size, due, tries, State.IN_HAND);
    }

    /** A pause never lasts longer than the longest one, whatever is done to the clock. */
    private boolean isDue(Instant now) {
      boolean over = !now.isBefore(due) || now.plus(LONGEST_PAUSE).isBefore(due);
      return over && state != State.IN_HAND;
    }
  }

  /** What is done with a mail that waits. */
  enum State {
    WAITING,
    /** It is being judged. */
    IN_HAND,
    /** It has been judged, and its file is still to be deleted. */
    SETTLED
  }

  /** Why there is no place for a mail, if there is none. */
  synchronized Optional<String> refusal(Ticket ticket, long size) {
    if (entries.size() >= MAX_MAILS) {
      return Optional.of(MAX_MAILS + " mails wait already");
    }
    if (sum(List.copyOf(entries.values())) + size > MAX_BYTES) {
      return Optional.of("more than " + MAX_BYTES + " bytes would wait");
    }
    return ticket.verdict().isPresent()
        ? refusalOfOne(ticket, size, entry -> true, MAX_MAILS_OF_ONE, MAX_BYTES_OF_ONE)
        : refusalOfOne(
            ticket,
            size,
            entry -> entry.ticket().verdict().isEmpty(),
            MAX_UNPROVEN_MAILS_OF_ONE,
            MAX_UNPROVEN_BYTES_OF_ONE);
  }

  private Optional<String> refusalOfOne(
      Ticket ticket, long size, Predicate<Entry> which, int maxMails, long maxBytes) {
    List<Entry> same =
        entries.values().stream()
            .filter(entry -> entry.ticket().organisation().equals(ticket.organisation()))
            .filter(which)
            .toList();
    if (same.size() >= maxMails) {
      return Optional.of(maxMails + " mails of " + ticket.organisation() + " wait already");
    }
    return sum(same) + size > maxBytes
        ? Optional.of(
            "more than " + maxBytes + " bytes of " + ticket.organisation() + " would wait")
        : Optional.empty();
  }

  private static long sum(List<Entry> entries) {
    return entries.stream().mapToLong(Entry::size).sum();
  }

  synchronized boolean holds(MailDigest digest) {
    return entries.containsKey(digest);
  }

  synchronized void add(MailDigest digest, Ticket ticket, long size, Instant due) {
    entries.put(digest, new Entry(ticket, size, due, 0, State.WAITING));
  }

  /** Takes those in hand that are to be judged again now, the longest due first. */
  synchronized List<MailDigest> takeDue(Instant now) {
    List<MailDigest> due =
        entries.entrySet().stream()
            .filter(entry -> entry.getValue().isDue(now))
            .sorted(Comparator.comparing(entry -> entry.getValue().due()))
            .map(Map.Entry::getKey)
            .toList();
    due.forEach(digest -> entries.computeIfPresent(digest, (d, entry) -> entry.inHand()));
    return due;
  }

  /** Makes due whatever waits for this. */
  synchronized void hasten(DeferralReason reason, Instant now) {
    entries.replaceAll(
        (digest, entry) ->
            entry.ticket().reason() == reason && entry.state() == State.WAITING
                ? new Entry(entry.ticket(), entry.size(), now, entry.tries(), State.WAITING)
                : entry);
  }

  synchronized Optional<Entry> get(MailDigest digest) {
    return Optional.ofNullable(entries.get(digest));
  }

  /** Has a mail wait again, with another ticket perhaps. */
  synchronized void putBack(MailDigest digest, Ticket ticket, Instant due) {
    entries.computeIfPresent(
        digest,
        (d, entry) -> new Entry(ticket, entry.size(), due, entry.tries() + 1, State.WAITING));
  }

  /** Only the file of the mail is left; to be tried again later, should it stay. */
  synchronized void settle(MailDigest digest, Instant due) {
    entries.computeIfPresent(
        digest,
        (d, entry) -> new Entry(entry.ticket(), entry.size(), due, entry.tries(), State.SETTLED));
  }

  synchronized void remove(MailDigest digest) {
    entries.remove(digest);
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.deferral;

import io.tlsrpt.figures.receiver.DeferralReason;
import io.tlsrpt.report.DomainName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The index of the mails that wait, which also decides about places. Thread-safe. */
final class DeferralIndex {
  static final Duration SHORTEST_PAUSE = Duration.ofSeconds(2);
  static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

  private final Map<MailDigest, Entry> entries = new HashMap<>();

  /**
   * A mail that waits.
   *
   * @param due when it is to be judged again
   * @param tries how often it has been judged again
   * @param failures how many of the last tries in a row failed
   * @param state what is done with it now
   * @param hastened if it was hastened while in hand, the time of that
   */
  record Entry(
      DeferredMail deferred,
      long size,
      Instant due,
      int tries,
      int failures,
      State state,
      Optional<Instant> hastened) {
    static Entry waiting(DeferredMail deferred, long size, Instant due) {
      return new Entry(deferred, size, due, 0, 0, State.WAITING, Optional.empty());
    }

    private Entry in(State next) {
      return new Entry(deferred, size, due, tries, failures, next, hastened);
    }

    private Entry inProgress() {
      return state == State.SETTLED ? this : in(State.IN_HAND);
    }

    /**
     * Makes a mail due at once. A mail in hand is due again right after its present try, which may
     * have asked too early.
     */
    private Entry hastened(Instant now) {
      return switch (state) {
        case WAITING -> new Entry(deferred, size, now, tries, failures, state, Optional.empty());
        case IN_HAND -> new Entry(deferred, size, due, tries, failures, state, Optional.of(now));
        case SETTLED -> this;
      };
    }

    private Entry tried(DeferredMail next, Instant nextDue, int nextFailures) {
      return new Entry(
          next,
          size,
          hastened.orElse(nextDue),
          tries + 1,
          nextFailures,
          State.WAITING,
          Optional.empty());
    }

    private Entry settled(Instant nextDue) {
      return new Entry(deferred, size, nextDue, tries, failures, State.SETTLED, Optional.empty());
    }

    /**
     * Whether to judge it now. A mail due later than the longest pause is due: the clock was set
     * back.
     */
    private boolean isDue(Instant now) {
      boolean over = !now.isBefore(due) || now.plus(LONGEST_PAUSE).isBefore(due);
      return over && state != State.IN_HAND;
    }
  }

  private static final Comparator<Entry> WORST_FIRST =
      Comparator.comparing((Entry entry) -> entry.deferred().claim())
          .thenComparing(entry -> entry.deferred().receivedAt());

  private static final Comparator<Entry> BEST_FIRST =
      Comparator.comparing((Entry entry) -> entry.deferred().claim()).reversed();

  /** Which of several that are due is judged first. */
  enum First {
    /** The best claim, so that a flood of strangers' mails does not delay those of reporters. */
    KNOWN,
    /** The one that is due longest, so that no mail waits for ever. */
    DUE
  }

  private static Comparator<Entry> order(First first) {
    Comparator<Entry> byDue = Comparator.comparing(Entry::due);
    return switch (first) {
      case KNOWN -> BEST_FIRST.thenComparing(byDue);
      case DUE -> byDue;
    };
  }

  /** What is done with a mail that waits. */
  enum State {
    WAITING,
    /** It is being judged. */
    IN_HAND,
    /** It has been judged, and its file is still to be deleted. */
    SETTLED
  }

  /** Looks for a place for a mail. Removes nothing: the caller removes the mails that give way. */
  synchronized Place place(DeferredMail deferred, long size) {
    Map<MailDigest, Entry> left = new HashMap<>(entries);
    for (Share share : Share.of(deferred)) {
      Optional<String> full = makeRoom(share, deferred.claim(), size, left);
      if (full.isPresent() && !(share.isOfAll() && makeRoomAmongKnown(deferred, size, left))) {
        return new Place.None(full.get());
      }
    }
    return new Place.Free(
        entries.keySet().stream().filter(digest -> !left.containsKey(digest)).toList());
  }

  /**
   * Makes room for a mail in a share. Mails of the worst claim give way first, and of these the
   * oldest. If that is not enough, nothing is taken out, and the answer says which share is full.
   */
  private static Optional<String> makeRoom(
      Share share, Claim claim, long size, Map<MailDigest, Entry> left) {
    List<Map.Entry<MailDigest, Entry>> inIt =
        left.entrySet().stream()
            .filter(entry -> share.holds().test(entry.getValue().deferred()))
            .toList();
    Iterator<Map.Entry<MailDigest, Entry>> givingWay =
        inIt.stream()
            .filter(entry -> entry.getValue().state() == State.WAITING)
            .filter(entry -> claim.displaces(entry.getValue().deferred().claim()))
            .sorted(Comparator.comparing(Map.Entry::getValue, DeferralIndex.WORST_FIRST))
            .iterator();
    long bytes = inIt.stream().mapToLong(entry -> entry.getValue().size()).sum();
    // A claim can get worse while its mail waits, so a share may hold too many mails. Then, too,
    // only one mail gives way for the new one, and not all that are too many.
    List<MailDigest> gone = new ArrayList<>();
    boolean one = inIt.size() >= share.maxMails();
    while (one || bytes + size > share.maxBytes()) {
      if (!givingWay.hasNext()) {
        return Optional.of(share.full(one));
      }
      Map.Entry<MailDigest, Entry> next = givingWay.next();
      gone.add(next.getKey());
      bytes -= next.getValue().size();
      one = false;
    }
    gone.forEach(left::remove);
    return Optional.empty();
  }

  /**
   * If all places are taken, a mail of a known reporter takes the place of a mail of the
   * organisation with the most mails, unless that is its own. So no reporter can lock out the
   * others.
   */
  private static boolean makeRoomAmongKnown(
      DeferredMail deferred, long size, Map<MailDigest, Entry> left) {
    if (deferred.claim() != Claim.KNOWN) {
      return false;
    }
    Map<DomainName, Long> mails =
        left.values().stream()
            .collect(
                Collectors.groupingBy(
                    entry -> entry.deferred().organisation(), Collectors.counting()));
    long own = mails.getOrDefault(deferred.organisation(), 0L) + 1;
    Optional<MailDigest> givingWay =
        left.entrySet().stream()
            .filter(entry -> entry.getValue().state() == State.WAITING)
            .filter(entry -> entry.getValue().size() >= size)
            .filter(entry -> mails.getOrDefault(organisation(entry), 0L) > own)
            .max(
                Comparator.comparing(
                        (Map.Entry<MailDigest, Entry> entry) -> mails.get(organisation(entry)))
                    .thenComparing(entry -> entry.getValue().deferred().receivedAt()))
            .map(Map.Entry::getKey);
    givingWay.ifPresent(left::remove);
    return givingWay.isPresent();
  }

  private static DomainName organisation(Map.Entry<MailDigest, Entry> entry) {
    return entry.getValue().deferred().organisation();
  }

  synchronized boolean holds(MailDigest digest) {
    return entries.containsKey(digest);
  }

  synchronized void add(MailDigest digest, DeferredMail deferred, long size, Instant due) {
    entries.put(digest, Entry.waiting(deferred, size, due));
  }

  /** Takes the next due mail in hand; empty if none is due. A settled one stays settled. */
  synchronized Optional<MailDigest> takeDue(Instant now, First first) {
    Optional<MailDigest> next =
        entries.entrySet().stream()
            .filter(entry -> entry.getValue().isDue(now))
            .min(Comparator.comparing(Map.Entry::getValue, order(first)))
            .map(Map.Entry::getKey);
    next.ifPresent(digest -> entries.computeIfPresent(digest, (d, entry) -> entry.inProgress()));
    return next;
  }

  /** Makes all mails due that wait for a reason. */
  synchronized void retryNow(DeferralReason reason, Instant now) {
    entries.replaceAll(
        (digest, entry) -> entry.deferred().reason() == reason ? entry.hastened(now) : entry);
  }

  /** Makes all mails due that wait for a key. */
  synchronized void retryNow(String key, Instant now) {
    entries.replaceAll(
        (digest, entry) ->
            entry.deferred().key().equals(Optional.of(key)) ? entry.hastened(now) : entry);
  }

  /** The mails that are not settled, the oldest first. */
  synchronized List<Waiting> oldest(int atMost) {
    return entries.values().stream()
        .filter(entry -> entry.state() != State.SETTLED)
        .sorted(Comparator.comparing(entry -> entry.deferred().receivedAt()))
        .limit(atMost)
        .map(entry -> new Waiting(entry.deferred(), entry.due(), entry.tries()))
        .toList();
  }

  synchronized Optional<Entry> get(MailDigest digest) {
    return Optional.ofNullable(entries.get(digest));
  }

  /** Puts a mail back after a try, perhaps with another description. */
  synchronized void putBack(MailDigest digest, DeferredMail deferred, Instant due) {
    entries.computeIfPresent(digest, (d, entry) -> entry.tried(deferred, due, 0));
  }

  /** Puts a mail back after a try that ended in an exception or an error. */
  synchronized void putBackAfterFailure(MailDigest digest, DeferredMail deferred, Instant due) {
    entries.computeIfPresent(
        digest, (d, entry) -> entry.tried(deferred, due, entry.failures() + 1));
  }

  /**
   * Marks a mail as judged. Its file is still to be deleted; {@code due} is the next try at that.
   */
  synchronized void settle(MailDigest digest, Instant due) {
    entries.computeIfPresent(digest, (d, entry) -> entry.settled(due));
  }

  /** Whether a mail has been judged and only its file is still to be deleted. */
  synchronized boolean isSettled(MailDigest digest) {
    return get(digest).filter(entry -> entry.state() == State.SETTLED).isPresent();
  }

  synchronized void remove(MailDigest digest) {
    entries.remove(digest);
  }
}

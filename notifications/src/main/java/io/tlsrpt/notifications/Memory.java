// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.notifications;

import io.tlsrpt.report.DomainName;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a notifier must know after a restart, so that it tells nothing twice. Bounded. Used by one
 * thread.
 */
final class Memory {
  private static final int MOST_PENDING = 10_000;
  private static final int MOST_THREADS = 2_000;
  private static final int MOST_SENT = 300;
  private static final int MOST_LOSSES = 10_000;
  private static final Duration LOSS_IS_FRESH = Duration.ofHours(20);

  /** Told to nobody yet, in order. */
  private final List<Notice> pending = new ArrayList<>();

  /** The Message-ID of the mail that told the start of something, by its name. */
  private final Map<String, String> threads = new LinkedHashMap<>();

  private final Set<String> sent = new LinkedHashSet<>();

  /** When it was told that a domain has begun to lose mail. */
  private final Map<DomainName, Instant> losses = new LinkedHashMap<>();

  private final Set<Trouble> troubles = EnumSet.noneOf(Trouble.class);

  private LocalDate mailDay;
  private int mails;
  private LocalDate roundDay;
  private Optional<LocalDate> digestDay = Optional.empty();

  private Memory(LocalDate today) {
    this.mailDay = today;
    this.roundDay = today;
  }

  /**
   * Remembers nothing. The round of that day counts as done: it may have been done, and then the
   * memory was lost.
   */
  static Memory empty(LocalDate today) {
    return new Memory(today);
  }

  List<Notice> pending() {
    return Collections.unmodifiableList(pending);
  }

  /**
   * Remembers a notice until it is told.
   *
   * @return false if there is no room for it
   */
  boolean add(Notice notice) {
    return pending.size() < MOST_PENDING && pending.add(notice);
  }

  /** Notices that could not be told; they go before those that have come since. */
  void putBack(Collection<Notice> notices) {
    pending.addAll(0, notices);
  }

  /** Takes all that is pending. */
  List<Notice> take() {
    List<Notice> taken = List.copyOf(pending);
    pending.clear();
    return taken;
  }

  int mailsOf(LocalDate day) {
    return day.equals(mailDay) ? mails : 0;
  }

  void setMails(LocalDate day, int count) {
    mailDay = day;
    mails = count;
  }

  LocalDate mailDay() {
    return mailDay;
  }

  /** The last day on which reminders and digest were decided on. */
  LocalDate roundDay() {
    return roundDay;
  }

  void setRoundDay(LocalDate day) {
    roundDay = day;
  }

  /** The day of the last digest. */
  Optional<LocalDate> digestDay() {
    return digestDay;
  }

  void setDigestDay(LocalDate day) {
    digestDay = Optional.of(day);
  }

  /** The troubles that have begun and are not over. */
  Set<Trouble> troubles() {
    return troubles;
  }

  Map<String, String> threads() {
    return Collections.unmodifiableMap(threads);
  }

  void putThread(String name, String messageId) {
    threads.remove(name);
    threads.put(name, messageId);
    shorten(threads, MOST_THREADS);
  }

  void removeThread(String name) {
    threads.remove(name);
  }

  /** Whether a mail with this Message-ID has been sent lately. */
  boolean isUsed(String messageId) {
    return sent.contains(messageId);
  }

  /** The Message-IDs of the last mails. */
  Set<String> sent() {
    return Collections.unmodifiableSet(sent);
  }

  void putSent(String messageId) {
    sent.add(messageId);
    if (sent.size() > MOST_SENT) {
      sent.remove(sent.iterator().next());
    }
  }

  Map<DomainName, Instant> losses() {
    return Collections.unmodifiableMap(losses);
  }

  void putLoss(DomainName domain, Instant told) {
    losses.put(domain, told);
    shorten(losses, MOST_LOSSES);
  }

  /** Whether it was told so lately that a domain loses mail that nobody needs to be reminded. */
  boolean isFreshLoss(DomainName domain, Instant now) {
    losses.values().removeIf(told -> told.plus(LOSS_IS_FRESH).isBefore(now));
    return losses.containsKey(domain);
  }

  private static <K, V> void shorten(Map<K, V> map, int most) {
    while (map.size() > most) {
      map.remove(map.keySet().iterator().next());
    }
  }
}

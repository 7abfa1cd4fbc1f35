// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.notifications;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.posture.CheckEvent;
import io.tlsrpt.figures.posture.DomainCheck;
import io.tlsrpt.figures.receiver.ReceiverState;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.view.FiguresSource;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides when which mail is sent. Notices wait for ten minutes for others; each morning (UTC)
 * there is a round, which reminds of domains that still lose mail and sends the digest. What a mail
 * tells is forgotten before it is sent: a crash in between loses it, and nothing is told twice.
 * Used by one thread.
 */
final class Desk {
  static final Duration GATHERING = Duration.ofMinutes(10);
  static final int MOST_A_DAY = 12;

  /** The rest is for what is urgent. */
  static final int MOST_NOT_URGENT = 10;

  private static final Logger LOGGER = LoggerFactory.getLogger(Desk.class);
  private static final LocalTime ROUND = LocalTime.of(7, 0);
  private static final Duration KEPT = Duration.ofDays(1);
  private static final Duration BETWEEN_TRIES = Duration.ofMinutes(1);
  private static final int MONTH = 30;

  private final NotificationSettings settings;
  private final Duration gathering;
  private final FiguresSource source;
  private final Memory memory;
  private final Consumer<Memory> keeper;
  private final Outbox outbox;
  private final Writer writer;
  private final TroubleWatch troubles = new TroubleWatch();

  private Optional<Instant> reminderSince = Optional.empty();
  private Optional<Instant> digestSince = Optional.empty();

  /** The receiver at the last digest, and when that was. */
  private ReceiverState counted;

  private Instant countedSince;
  private Instant nextTry = Instant.MIN;
  private boolean isDirty;
  private boolean isFull;

  /**
   * A desk.
   *
   * @param gathering how long a notice waits for others
   * @param keeper writes the memory down
   */
  Desk(
      NotificationSettings settings,
      Supplier<Sender> sender,
      Duration gathering,
      FiguresSource source,
      Memory memory,
      Consumer<Memory> keeper,
      Outbox outbox) {
    this.settings = settings;
    this.gathering = gathering;
    this.source = source;
    this.memory = memory;
    this.keeper = keeper;
    this.outbox = outbox;
    this.writer = new Writer(settings, sender, source, memory);
    this.countedSince = source.receiver().state().startTime();
    this.counted = ReceiverState.startedAt(countedSince);
  }

  void add(Notice notice) {
    if (notice instanceof Notice.OfCheck(CheckEvent event) && !isOursToTell(event)) {
      return;
    }
    isDirty = true;
    if (!memory.add(notice) && !isFull) {
      isFull = true;
      LOGGER.warn("Too much waits to be told by mail: further events are not told until it leaves");
    }
  }

  /**
   * Each of several servers looks for itself, and one tells of it: of a domain with reports the one
   * that tells of those, of all else the one that has committed the newest report.
   */
  private boolean isOursToTell(CheckEvent event) {
    return Optional.of(event)
        .filter(turned -> turned.check() instanceof DomainCheck)
        .flatMap(turned -> DomainName.parse(turned.subject()))
        .filter(domain -> source.domain(domain).totals().reports() > 0)
        .map(source::isOwn)
        .orElseGet(this::isNewestOwn);
  }

  /** Writes down what has been added. */
  void keep() {
    if (isDirty) {
      isDirty = false;
      keeper.accept(memory);
    }
  }

  /** Sends what is due. */
  void work(Instant now) {
    troubles.look(source.receiver(), memory.troubles(), now).forEach(this::add);
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    if (memory.roundDay().isAfter(today)) {
      // The clock was ahead.
      memory.setRoundDay(today);
    }
    Instant morning = today.atTime(ROUND).toInstant(ZoneOffset.UTC);
    if (memory.roundDay().isBefore(today) && !now.isBefore(morning)) {
      beginRound(today, now);
    }
    if (!now.isBefore(nextTry)) {
      sendEvents(now);
      sendReminder(now);
      sendDigest(now);
    }
  }

  /** Decides once a day, so that of several servers that decide at the same time one sends. */
  private void beginRound(LocalDate today, Instant now) {
    memory.setRoundDay(today);
    isDirty = true;
    reminderSince = Optional.of(now);
    if (settings.digest().isDueOn(today) && isNewestOwn()) {
      boolean isLong =
          memory
              .digestDay()
              .filter(last -> !last.isAfter(today) && last.plusDays(MONTH).isAfter(today))
              .isEmpty();
      if (isLong || new DigestMail(source, settings.digest(), counted, now).hasNews()) {
        digestSince = Optional.of(now);
      }
    }
  }

  /** Whether this server, of those that share the database, has committed the newest report. */
  private boolean isNewestOwn() {
    return source.domains().stream()
        .max(
            Comparator.<DomainState, Instant>comparing(
                    state -> state.totals().lastReportTime().orElse(Instant.MIN))
                .thenComparing(DomainState::domain))
        .map(DomainState::domain)
        .or(() -> source.neverReported().stream().min(Comparator.naturalOrder()))
        .filter(domain -> !source.isOwn(domain))
        .isEmpty();
  }

  private void sendEvents(Instant now) {
    List<Notice> pending = memory.pending();
    if (pending.isEmpty() || isYoung(pending.getFirst(), now)) {
      return;
    }
    Gathered gathered = Gathered.of(pending);
    if (gathered.isEmpty()) {
      // What has begun has ended, and so on.
      memory.take();
      isDirty = true;
      return;
    }
    if (mayNotSend(gathered.isUrgent(), now)) {
      return;
    }
    // Taken first: what cannot be written must not stand in the way of what comes after it.
    List<Notice> told = memory.take();
    isFull = false;
    Writer.Draft draft = writer.events(gathered, now);
    if (send(draft, now)) {
      gathered.losing().forEach(domain -> memory.putLoss(domain, now));
      draft.place().ended().forEach(memory::removeThread);
      draft.place().begun().forEach(name -> memory.putThread(name, draft.mail().messageId()));
    } else {
      List<Notice> kept =
          told.stream().filter(notice -> notice.time().plus(KEPT).isAfter(now)).toList();
      if (kept.size() < told.size()) {
        LOGGER.warn(
            "{} events could not be told by mail within a day and are given up",
            told.size() - kept.size());
      }
      memory.putBack(kept);
    }
  }

  /** Whether it may wait for others; not if the clock was ahead when it was noticed. */
  private boolean isYoung(Notice notice, Instant now) {
    return !notice.time().isAfter(now) && notice.time().plus(gathering).isAfter(now);
  }

  private void sendReminder(Instant now) {
    reminderSince = reminderSince.filter(since -> since.plus(KEPT).isAfter(now));
    if (reminderSince.isEmpty() || mayNotSend(true, now)) {
      return;
    }
    Optional<Instant> due = reminderSince;
    reminderSince = Optional.empty();
    Gathered pending = Gathered.of(memory.pending());
    List<DomainNow> losing =
        source.domains().stream()
            .filter(state -> source.isOwn(state.domain()))
            .filter(state -> state.isLosingMail(now, source.rules().window()))
            .filter(state -> !isTold(state.domain(), pending, now))
            .map(state -> DomainNow.of(state, source, now))
            .sorted(DomainNow.WORST_FIRST)
            .toList();
    if (!losing.isEmpty() && !send(writer.reminder(losing, now), now)) {
      reminderSince = due;
    }
  }

  /** Whether the beginning has just been told, or is about to be. */
  private boolean isTold(DomainName domain, Gathered pending, Instant now) {
    return pending.losing().contains(domain) || memory.isFreshLoss(domain, now);
  }

  private void sendDigest(Instant now) {
    digestSince = digestSince.filter(since -> since.plus(KEPT).isAfter(now));
    if (digestSince.isEmpty() || mayNotSend(true, now)) {
      return;
    }
    Optional<Instant> due = digestSince;
    digestSince = Optional.empty();
    ReceiverState state = source.receiver().state();
    if (send(writer.digest(counted, countedSince, now), now)) {
      memory.setDigestDay(LocalDate.ofInstant(now, ZoneOffset.UTC));
      counted = state;
      countedSince = now;
    } else {
      digestSince = due;
    }
  }

  private boolean mayNotSend(boolean isUrgent, Instant now) {
    int sent = memory.mailsOf(LocalDate.ofInstant(now, ZoneOffset.UTC));
    return now.isBefore(nextTry) || sent >= (isUrgent ? MOST_A_DAY : MOST_NOT_URGENT);
  }

  private boolean send(Writer.Draft draft, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    int before = memory.mailsOf(today);
    memory.setMails(today, before + 1);
    keeper.accept(memory);
    isDirty = true;
    try {
      outbox.send(draft.mail(), settings.addresses());
      memory.putSent(draft.mail().messageId());
      nextTry = Instant.MIN;
      return true;
    } catch (NotSentException | RuntimeException e) {
      if (nextTry.equals(Instant.MIN)) {
        LOGGER.warn(
            "A mail about TLS reports cannot be sent now, and is tried again each minute", e);
      }
      memory.setMails(today, before);
      nextTry = now.plus(BETWEEN_TRIES);
      return false;
    }
  }
}

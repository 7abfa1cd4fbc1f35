// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.notifications;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.event.DomainEvent;
import io.tlsrpt.figures.posture.CheckEvent;
import io.tlsrpt.receiver.port.DomainListener;
import io.tlsrpt.view.FiguresSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells administrators by mail what begins and what ends, on a thread of its own. What is to be
 * told outlives a restart; nothing is told twice. May be told of events by any thread.
 */
public final class Notifier implements DomainListener {
  private static final Logger LOGGER = LoggerFactory.getLogger(Notifier.class);
  private static final int MAX_WAITING = 10_000;
  private static final Duration TICK = Duration.ofSeconds(5);
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  /** For tests of a whole server, which cannot wait for ten minutes. */
  private static final Duration GATHERING =
      Duration.ofSeconds(
          Long.getLong("io.tlsrpt.notifications.gathering", Desk.GATHERING.toSeconds()));

  private final NotificationSettings settings;
  private final Supplier<Sender> sender;
  private final Path file;
  private final FiguresSource source;
  private final Outbox outbox;

  /** Empty to wake the thread. */
  private final BlockingQueue<Optional<Notice>> notices = new ArrayBlockingQueue<>(MAX_WAITING);

  private final AtomicBoolean isFull = new AtomicBoolean();
  private final Thread thread;
  private volatile boolean closed;

  /**
   * A notifier; it begins with {@link #start}.
   *
   * @param sender asked for each mail, since a server that starts may not know it yet
   * @param file where it remembers what is to be told, and what has been
   */
  public Notifier(
      NotificationSettings settings,
      Supplier<Sender> sender,
      Path file,
      FiguresSource source,
      Outbox outbox) {
    this.settings = settings;
    this.sender = sender;
    this.file = file;
    this.source = source;
    this.outbox = outbox;
    this.thread = Thread.ofPlatform().daemon().name("tlsrpt-mails").unstarted(this::run);
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public void tell(DomainEvent event, DomainState after) {
    if (!notices.offer(Optional.of(new Notice.OfDomain(event)))) {
      dropped(event);
    }
  }

  @Override
  public void tell(CheckEvent event) {
    if (!notices.offer(Optional.of(new Notice.OfCheck(event)))) {
      dropped(event);
    }
  }

  /** One line for many events in a row. */
  private void dropped(Object event) {
    if (!isFull.getAndSet(true)) {
      LOGGER.warn("Too many events at once: {} and further ones are not told by mail", event);
    }
  }

  private void run() {
    MemoryFile memory = new MemoryFile(file);
    Desk desk =
        new Desk(
            settings,
            sender,
            GATHERING,
            source,
            memory.read(LocalDate.ofInstant(source.now(), ZoneOffset.UTC)),
            memory::write,
            outbox);
    while (!closed) {
      try {
        Optional<Notice> next = notices.poll(TICK.toMillis(), TimeUnit.MILLISECONDS);
        if (next != null) {
          next.ifPresent(desk::add);
        }
        takeWaiting(desk);
        desk.work(source.now());
        desk.keep();
      } catch (InterruptedException e) {
        // Nobody interrupts it but whoever ends the JVM.
        closed = true;
      } catch (Throwable e) {
        // An exception that left this loop would end all mails.
        LOGGER.error("What is due could not be told by mail", e);
      }
    }
    takeWaiting(desk);
    desk.keep();
  }

  private void takeWaiting(Desk desk) {
    List<Optional<Notice>> waiting = new ArrayList<>();
    notices.drainTo(waiting);
    isFull.set(false);
    waiting.forEach(notice -> notice.ifPresent(desk::add));
  }

  /** Writes down what has not been told, so that it is told after the next start. */
  @Override
  public void close() {
    closed = true;
    if (!notices.offer(Optional.empty())) {
      LOGGER.debug("The queue is full, so its thread is awake");
    }
    try {
      if (thread.isAlive() && !thread.join(LAST_WORDS)) {
        LOGGER.warn("The server has not taken a mail about TLS reports in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.notifications;

import io.tlsrpt.figures.event.DomainEvent;
import io.tlsrpt.figures.posture.CheckEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A desk with figures, a clock and an outbox of the test's own. */
final class DeskFixture {
  static final Sender SENDER = new Sender("postmaster@example.com", "mail1");

  final SampleSource source = new SampleSource();
  final List<NoticeMail> sent = new ArrayList<>();
  boolean canSend = true;
  private final NotificationSettings settings;
  private final MemoryFile file;
  private Desk desk;

  DeskFixture(Path directory, DigestRhythm digest) {
    this(directory, digest, Optional.of("https://james.example.com/tlsrpt"));
  }

  DeskFixture(Path directory, DigestRhythm digest, Optional<String> pageUrl) {
    this.settings = new NotificationSettings(List.of("admin@example.net"), digest, pageUrl);
    this.file = new MemoryFile(directory.resolve("notifications"));
    this.desk = desk();
  }

  private Desk desk() {
    return new Desk(
        settings,
        () -> SENDER,
        Desk.GATHERING,
        source,
        file.read(LocalDate.ofInstant(source.now(), ZoneOffset.UTC)),
        file::write,
        this::send);
  }

  private void send(NoticeMail mail, List<String> recipients) throws NotSentException {
    if (!canSend) {
      throw new NotSentException(new IllegalStateException("the queue is closed"));
    }
    sent.add(mail);
  }

  /** Ends in order or, since all is written down, by a crash; and starts again. */
  void restart() {
    desk = desk();
  }

  void tell(Collection<DomainEvent> events) {
    events.forEach(event -> desk.add(new Notice.OfDomain(event)));
    work();
  }

  void tell(CheckEvent event) {
    desk.add(new Notice.OfCheck(event));
    work();
  }

  void work() {
    desk.work(source.now());
    desk.keep();
  }

  /** Lets time pass in steps of five minutes, and works after each. */
  void pass(Duration time) {
    for (Duration passed = Duration.ZERO;
        passed.compareTo(time) < 0;
        passed = passed.plusMinutes(5)) {
      source.pass(Duration.ofMinutes(5));
      work();
    }
  }

  List<String> subjects() {
    return sent.stream().map(NoticeMail::subject).toList();
  }

  NoticeMail last() {
    return sent.getLast();
  }
}

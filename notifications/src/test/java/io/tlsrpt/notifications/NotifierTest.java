// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.notifications;

import static io.tlsrpt.notifications.SampleSource.failed;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.event.DomainEvent;
import io.tlsrpt.figures.event.MailLoss;
import io.tlsrpt.report.DomainName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The thread, its queue and its end. */
class NotifierTest {
  @TempDir Path directory;

  private final SampleSource source = new SampleSource();
  private final BlockingQueue<NoticeMail> sent = new LinkedBlockingQueue<>();

  @Test
  void whatWaitsAtTheEndShouldBeToldAfterTheNextStart() throws InterruptedException {
    Notifier first = notifier((mail, recipients) -> sent.add(mail));
    first.start();
    tell(first);
    first.close();
    assertThat(sent).isEmpty();
    assertThat(memory().pending()).hasSize(2);

    source.pass(Desk.GATHERING);
    Notifier second = notifier((mail, recipients) -> sent.add(mail));
    second.start();
    NoticeMail mail = sent.poll(30, TimeUnit.SECONDS);
    second.close();

    assertThat(mail).isNotNull();
    assertThat(memory().pending()).isEmpty();
    assertThat(sent).isEmpty();
  }

  @Test
  void serverThatDoesNotTakeAMailShouldCostWhoTellsNothing() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch mayReturn = new CountDownLatch(1);
    Notifier notifier =
        notifier(
            (mail, recipients) -> {
              asked.countDown();
              try {
                mayReturn.await();
              } catch (InterruptedException e) {
                throw new NotSentException(e);
              }
              sent.add(mail);
            });
    notifier.start();
    tell(notifier);
    source.pass(Desk.GATHERING);
    assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
    for (int i = 0; i < 20_000; i++) {
      tell(notifier);
    }
    mayReturn.countDown();
    notifier.close();

    assertThat(sent).hasSize(1);
    assertThat(memory().pending()).hasSize(10_000);
  }

  @Test
  void faultShouldNotEndTheThread() throws InterruptedException {
    CountDownLatch twice = new CountDownLatch(2);
    Notifier notifier =
        notifier(
            (mail, recipients) -> {
              twice.countDown();
              source.pass(Duration.ofMinutes(2));
              throw new IllegalStateException("a server's fault");
            });
    notifier.start();
    tell(notifier);
    source.pass(Desk.GATHERING);

    assertThat(twice.await(60, TimeUnit.SECONDS)).isTrue();
    notifier.close();
    assertThat(memory().pending()).hasSize(2);
  }

  private void tell(Notifier notifier) {
    DomainName domain = new DomainName("example.com");
    List<DomainEvent> events =
        source.domain(domain).totals().reports() > 0
            ? List.of(new MailLoss(domain, true, source.now()))
            : source.receive(
                "bigmail.example",
                domain.value(),
                "none",
                1,
                failed("starttls-not-supported", 3, "mx.example.com"));
    DomainState after = source.domain(domain);
    events.forEach(event -> notifier.tell(event, after));
  }

  private Notifier notifier(Outbox outbox) {
    return new Notifier(
        new NotificationSettings(List.of("admin@example.net"), DigestRhythm.OFF, Optional.empty()),
        () -> DeskFixture.SENDER,
        directory.resolve("notifications"),
        source,
        outbox);
  }

  private Memory memory() {
    return new MemoryFile(directory.resolve("notifications"))
        .read(LocalDate.ofInstant(source.now(), ZoneOffset.UTC));
  }
}

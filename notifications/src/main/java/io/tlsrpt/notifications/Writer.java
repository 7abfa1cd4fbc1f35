// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.notifications;

import io.tlsrpt.figures.receiver.ReceiverState;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.view.FiguresSource;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Writes whole mails from figures as they are now. */
final class Writer {
  private final NotificationSettings settings;
  private final Supplier<Sender> sender;
  private final FiguresSource source;
  private final Memory memory;

  Writer(
      NotificationSettings settings, Supplier<Sender> sender, FiguresSource source, Memory memory) {
    this.settings = settings;
    this.sender = sender;
    this.source = source;
    this.memory = memory;
  }

  /** A mail, and what it is in its thread. */
  record Draft(NoticeMail mail, Threads.Place place) {}

  Draft events(Gathered gathered, Instant now) {
    Sender from = sender.get();
    Function<DomainName, DomainNow> domains = domains(now);
    EventMail.Written written =
        new EventMail(
                gathered,
                domains,
                new TroubleText(from.host(), source.receiver()),
                isFirstOfAll(gathered))
            .write();
    return draft(
        from,
        written,
        new Threads(from, memory, domains).of(gathered, now),
        gathered.onlyDomain(),
        now);
  }

  /** Whether all reports of this installation are about domains whose first report is told now. */
  private boolean isFirstOfAll(Gathered gathered) {
    return !gathered.first().isEmpty()
        && source.domains().stream().allMatch(state -> gathered.first().contains(state.domain()));
  }

  Draft reminder(List<DomainNow> losing, Instant now) {
    Sender from = sender.get();
    return draft(
        from,
        ReminderMail.write(losing),
        new Threads(from, memory, domains(now)).ofReminder(losing, now),
        losing.size() == 1 ? Optional.of(losing.getFirst().name()) : Optional.empty(),
        now);
  }

  Draft digest(ReceiverState before, Instant since, Instant now) {
    Sender from = sender.get();
    return draft(
        from,
        new DigestMail(source, settings.digest(), before, now).write(since),
        new Threads(from, memory, domains(now)).ofDigest(now),
        Optional.empty(),
        now);
  }

  /** A domain is read once, so that all that a mail says of it is of one moment. */
  private Function<DomainName, DomainNow> domains(Instant now) {
    Map<DomainName, DomainNow> read = new HashMap<>();
    return name ->
        read.computeIfAbsent(name, domain -> DomainNow.of(source.domain(domain), source, now));
  }

  private Draft draft(
      Sender from,
      EventMail.Written written,
      Threads.Place place,
      Optional<DomainName> about,
      Instant now) {
    Flowed text = written.text();
    about.flatMap(settings::pageOf).or(settings::pageUrl).ifPresent(page -> text.gap().line(page));
    text.signature(
        "TLS reports (RFC 8460) at "
            + from.host()
            + ". These mails end when the parameter notify is taken out of James'"
            + " mailetcontainer.xml.");
    return new Draft(
        new NoticeMail(
            now, from, written.subject(), place.messageId(), place.inReplyTo(), text.toString()),
        place);
  }
}

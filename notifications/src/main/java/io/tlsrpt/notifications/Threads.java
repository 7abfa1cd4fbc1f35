// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.notifications;

import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.event.Transition.Change;
import io.tlsrpt.figures.posture.CheckEvent;
import io.tlsrpt.report.DomainName;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Message-IDs, and which mail answers which. The mail that tells the start of a failure has an id
 * that is made of the failure, the domain and its first failing day. So another server, or this one
 * without its memory, finds the same id and can answer that mail. A mail that tells of many starts
 * has the id of the first; which others it told is remembered.
 */
final class Threads {
  private static final int MOST_REFERENCES = 10;
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd");
  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmm");

  private final Sender sender;
  private final Map<String, String> known;
  private final Predicate<String> isUsed;
  private final Function<DomainName, DomainNow> domains;

  /**
   * Threads of mails.
   *
   * @param memory the ids of mails that have been sent
   */
  Threads(Sender sender, Memory memory, Function<DomainName, DomainNow> domains) {
    this.sender = sender;
    this.known = memory.threads();
    this.isUsed = memory::isUsed;
    this.domains = domains;
  }

  /**
   * What a mail is in its thread.
   *
   * @param begun the names of what it tells the start of
   * @param ended the names of what it tells the end of
   */
  record Place(String messageId, List<String> inReplyTo, List<String> begun, List<String> ended) {}

  Place of(Gathered gathered, Instant now) {
    List<String> ended = ended(gathered);
    Map<String, String> starts = starts(gathered, now);
    if (!starts.isEmpty()) {
      String id = starts.values().iterator().next();
      return new Place(
          // The same failure may start twice with the same first day.
          isUsed.test(id) ? id(id.substring(0, id.indexOf('@')) + "." + stamp(now)) : id,
          List.of(),
          List.copyOf(starts.keySet()),
          ended);
    }
    String name = ended.isEmpty() ? other(gathered) : "over." + ended.getFirst();
    return new Place(id(name + "." + stamp(now)), answered(gathered, ended), List.of(), ended);
  }

  /** A mail that reminds of domains that lose mail. */
  Place ofReminder(List<DomainNow> losing, Instant now) {
    List<String> answered =
        losing.stream()
            .flatMap(
                domain ->
                    Optional.ofNullable(known.get(loss(domain.name())))
                        .or(
                            () ->
                                domain.activeKinds().stream()
                                    .findFirst()
                                    .flatMap(kind -> start(kind, domain.name())))
                        .stream())
            .distinct()
            .limit(MOST_REFERENCES)
            .toList();
    return new Place(
        id("still." + losing.getFirst().name() + "." + day(now)), answered, List.of(), List.of());
  }

  /** The same on each server, so that a second digest of a day would be taken for the first. */
  Place ofDigest(Instant now) {
    return new Place(id("digest." + day(now)), List.of(), List.of(), List.of());
  }

  /** What starts, by name, each with the id that a mail about it alone has. */
  private Map<String, String> starts(Gathered gathered, Instant now) {
    Map<String, String> starts = new LinkedHashMap<>();
    for (Gathered.Failure started : gathered.started()) {
      DomainName domain = started.domain();
      starts.put(
          failure(started.kind(), domain),
          alone(started.kind(), domain)
              .orElseGet(() -> id(failure(started.kind(), domain) + "." + day(now))));
    }
    for (DomainName domain : gathered.losing()) {
      starts.put(loss(domain), id(loss(domain) + "." + stamp(now)));
    }
    for (CheckEvent event : gathered.checks(true)) {
      starts.put(check(event), id(check(event) + "." + stamp(event.at())));
    }
    for (Notice.OfReceiver trouble : gathered.troubles()) {
      if (trouble.begins()) {
        starts.put(name(trouble), id(name(trouble) + "." + stamp(trouble.time())));
      }
    }
    return starts;
  }

  private List<String> ended(Gathered gathered) {
    List<String> names = new ArrayList<>();
    for (Change change : List.of(Change.RECOVERED, Change.EXPIRED)) {
      gathered
          .failures(change)
          .forEach((kind, domains) -> domains.forEach(domain -> names.add(failure(kind, domain))));
    }
    gathered.delivered().forEach(domain -> names.add(loss(domain)));
    gathered.checks(false).forEach(event -> names.add(check(event)));
    gathered.troubles().stream()
        .filter(trouble -> !trouble.begins())
        .forEach(trouble -> names.add(name(trouble)));
    return names;
  }

  private List<String> answered(Gathered gathered, List<String> ended) {
    List<String> answered = new ArrayList<>();
    for (Change change : List.of(Change.RECOVERED, Change.EXPIRED)) {
      gathered
          .failures(change)
          .forEach(
              (kind, domains) ->
                  domains.forEach(domain -> start(kind, domain).ifPresent(answered::add)));
    }
    ended.stream().map(known::get).filter(Objects::nonNull).forEach(answered::add);
    return answered.stream().distinct().limit(MOST_REFERENCES).toList();
  }

  /** The id of the mail that told that a failure has started. */
  private Optional<String> start(FailureKind kind, DomainName domain) {
    return Optional.ofNullable(known.get(failure(kind, domain))).or(() -> alone(kind, domain));
  }

  /** The id of a mail that tells of the start of this failure first. */
  private Optional<String> alone(FailureKind kind, DomainName domain) {
    return domains
        .apply(domain)
        .since(kind)
        .map(day -> id(failure(kind, domain) + "." + DAY.format(day)));
  }

  private static String other(Gathered gathered) {
    return first("brief.", gathered.brief().values())
        .or(() -> first("mode.", gathered.modes().values()))
        .or(() -> first("first.", List.of(gathered.first())))
        .orElseThrow();
  }

  private static Optional<String> first(String beginning, Collection<Set<DomainName>> domains) {
    return domains.stream().flatMap(Set::stream).findFirst().map(name -> beginning + name);
  }

  private static String failure(FailureKind kind, DomainName domain) {
    return kind.key() + "." + domain;
  }

  private static String check(CheckEvent event) {
    return "check." + event.check().key() + "." + event.subject();
  }

  private static String loss(DomainName domain) {
    return "loss." + domain;
  }

  private String name(Notice.OfReceiver trouble) {
    return "receiver." + trouble.trouble().key() + "." + sender.host();
  }

  private String id(String name) {
    return name + "@" + sender.domain();
  }

  private static String day(Instant time) {
    return DAY.format(LocalDate.ofInstant(time, ZoneOffset.UTC));
  }

  private static String stamp(Instant time) {
    return MINUTE.format(time.atOffset(ZoneOffset.UTC));
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.judgement;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.checks.dns.Answer;
import io.tlsrpt.checks.records.Rua;
import io.tlsrpt.checks.records.TlsRptRecord;
import io.tlsrpt.figures.posture.PublishedMode;
import io.tlsrpt.figures.posture.Seen;
import io.tlsrpt.figures.posture.Times;
import io.tlsrpt.report.DomainName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Judges the TLS-RPT record (RFC 8460 §3). A record that is missing is failing only if reports have
 * come: the DNS that this server sees need not be the one that senders see.
 */
public final class TlsRptJudgement {
  private static final Duration RECENTLY = Duration.ofDays(35);

  private final Predicate<Rua.Mail> ours;
  private final String example;

  /**
   * Judges by the addresses that are ours.
   *
   * @param example an address of ours, for the record to publish
   */
  public TlsRptJudgement(Predicate<Rua.Mail> ours, String example) {
    this.ours = requireNonNull(ours, "ours");
    this.example = requireNonNull(example, "example");
  }

  /**
   * Judges what the DNS says.
   *
   * @param mode of the published policy
   */
  public Seen judge(
      DomainName domain,
      Answer<String> texts,
      Optional<Instant> lastReport,
      PublishedMode mode,
      Instant now) {
    Optional<Instant> recent = lastReport.filter(at -> at.plus(RECENTLY).isAfter(now));
    return switch (texts) {
      case Answer.Unavailable<String>(String words) -> Seen.unknown("no answer: " + words);
      case Answer.Bogus<String>(String words) -> Seen.failing("DNSSEC refuses it: " + words);
      case Answer.Absent<String> none -> missing(domain, Optional.empty(), recent);
      case Answer.Found<String> found ->
          switch (TlsRptRecord.of(found.records())) {
            case TlsRptRecord.None(Optional<String> nearly) -> missing(domain, nearly, recent);
            case TlsRptRecord.Several several -> Seen.failing(several.words());
            case TlsRptRecord.Unreadable(String words) -> Seen.failing(words);
            case TlsRptRecord.Good good -> judge(domain, good, recent, mode);
          };
    };
  }

  private Seen missing(DomainName domain, Optional<String> nearly, Optional<Instant> recent) {
    String instead = nearly.map(text -> "; there is only " + text).orElse("");
    return recent
        .map(
            at ->
                Seen.failing(
                    "the TLS-RPT record is gone; the last report came on "
                        + Times.day(at)
                        + instead))
        .orElseGet(
            () ->
                Seen.absent(
                    "no TLS-RPT record: no reports will come%s. Publish: _smtp._tls.%s. TXT \"v=TLSRPTv1; rua=mailto:%s\""
                        .formatted(instead, domain, example)));
  }

  private Seen judge(
      DomainName domain, TlsRptRecord.Good record, Optional<Instant> recent, PublishedMode mode) {
    List<Rua.Mail> own = record.mails().stream().filter(ours).toList();
    if (own.isEmpty()) {
      String others = record.ruas().stream().map(Rua::text).collect(Collectors.joining(", "));
      return recent.isPresent()
          ? Seen.failing("reports now go to " + others)
          : Seen.absent("reports go to " + others + ", not here");
    }
    return Seen.OK.noting(notes(domain, record, own, mode));
  }

  private static List<String> notes(
      DomainName domain, TlsRptRecord.Good record, List<Rua.Mail> own, PublishedMode mode) {
    List<String> notes = new ArrayList<>();
    if (record.ruas().size() > 1) {
      notes.add("some senders use one of several addresses only");
    }
    if (!record.notUsable().isEmpty()) {
      notes.add("senders cannot send to " + String.join(", ", record.notUsable()));
    }
    if (mode == PublishedMode.ENFORCE
        && own.stream().allMatch(rua -> rua.domain().isWithin(domain))) {
      notes.add(
          "reports are sent to the domain that they tell of: if its mail is refused, so are they;"
              + " an address in another domain is better (docs/first-hour.md, 2)");
    }
    return notes;
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.posture;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.report.MtaStsMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Judges what reporters tell of a domain by what this server sees of it. The first verdict that
 * fits is given, in the order of {@link Verdict}.
 */
public final class Verdicts {
  private final Posture posture;
  private final Map<String, MxPosture> hosts;
  private final Instant now;

  /** The domain is an MX host; then a report may name it otherwise, as by an alias. */
  private final boolean isOfMxHost;

  private Verdicts(Posture posture, Map<String, MxPosture> hosts, Instant now, boolean isOfMxHost) {
    this.posture = requireNonNull(posture, "posture");
    this.hosts = Map.copyOf(hosts);
    this.now = requireNonNull(now, "now");
    this.isOfMxHost = isOfMxHost;
  }

  /**
   * For one domain.
   *
   * @param hosts the postures of its MX hosts that are known, by their names
   */
  public Verdicts(Posture posture, Map<String, MxPosture> hosts, Instant now) {
    this(posture, hosts, now, false);
  }

  /** For an MX host that is the domain of TLSA policies. */
  public static Verdicts ofMxHost(MxPosture host, Instant now) {
    return new Verdicts(Posture.of(host), Map.of(host.host(), host), now, true);
  }

  /** What the looks say of a failure; pure. */
  public Judgement judge(Reported failure) {
    List<String> named = isOfMxHost ? List.of() : named(failure);
    if (!named.isEmpty() && named.stream().noneMatch(this::isMx)) {
      return judged(
          Verdict.PUBLISHED_OTHERWISE,
          List.of("published otherwise: " + named.getFirst() + " is no MX host any more"),
          posture.lastLook());
    }
    Evidence wanted = isOfMxHost ? Evidence.ofMxHost(failure.kind()) : Evidence.of(failure.kind());
    if (wanted.isEmpty()) {
      return judged(
          Verdict.OFF, List.of("not looked at: it is not of a TLSA policy"), Optional.empty());
    }
    List<Witness> witnesses = witnesses(wanted, named);
    return confirmed(wanted, witnesses)
        .or(() -> mended(failure, wanted, witnesses))
        .or(() -> publishedOtherwise(failure, witnesses))
        .or(() -> nothingPublished(failure, witnesses))
        .or(() -> withStatus(witnesses, CheckStatus.OFF, Verdict.OFF))
        .or(() -> withStatus(witnesses, CheckStatus.NOT_YET, Verdict.UNKNOWN))
        .or(() -> withStatus(witnesses, CheckStatus.UNKNOWN, Verdict.UNKNOWN))
        .orElseGet(() -> notSeen(failure, witnesses));
  }

  private static List<String> named(Reported failure) {
    return failure.receivingMx().stream()
        .map(host -> host.toLowerCase(Locale.ROOT))
        .map(host -> host.endsWith(".") ? host.substring(0, host.length() - 1) : host)
        .toList();
  }

  private boolean isMx(String host) {
    return posture.mxHosts().isEmpty()
        || posture.mxHosts().stream().anyMatch(mx -> mx.host().equals(host));
  }

  private List<Witness> witnesses(Evidence evidence, List<String> named) {
    List<Witness> witnesses = new ArrayList<>();
    evidence.domain().stream()
        .sorted()
        .forEach(check -> witnesses.add(new Witness("", check, posture.check(check))));
    if (!evidence.hosts().isEmpty() && posture.mxHosts().isEmpty()) {
      witnesses.add(new Witness("", MxCheck.STARTTLS, CheckState.before(withoutHosts(), now)));
    }
    for (Posture.MxRecord mx : posture.mxHosts()) {
      if (named.isEmpty() || named.contains(mx.host())) {
        evidence.hosts().stream()
            .sorted()
            .forEach(check -> witnesses.add(new Witness(mx.host(), check, state(mx, check))));
      }
    }
    return List.copyOf(witnesses);
  }

  /** Nobody was looked at, so nothing is good. */
  private Seen withoutHosts() {
    return posture.lastLook().isEmpty() ? Seen.NOT_YET : Seen.unknown("no MX host is known");
  }

  private CheckState state(Posture.MxRecord mx, MxCheck check) {
    return Optional.ofNullable(hosts.get(mx.host()))
        .map(host -> host.check(check))
        .orElseGet(() -> CheckState.before(Seen.OFF, now));
  }

  private static Optional<Judgement> confirmed(Evidence evidence, List<Witness> witnesses) {
    List<Witness> seeing =
        witnesses.stream().filter(witness -> evidence.isShownBy(witness.last().seen())).toList();
    return seeing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            judged(
                Verdict.CONFIRMED,
                seeing.stream().flatMap(witness -> witness.confirmation().stream()).toList(),
                latest(seeing)));
  }

  private static Optional<Judgement> mended(
      Reported failure, Evidence evidence, List<Witness> witnesses) {
    Instant first = failure.firstDay().atStartOfDay(ZoneOffset.UTC).toInstant();
    List<Witness> repaired =
        witnesses.stream()
            .filter(witness -> witness.status() == CheckStatus.OK)
            .filter(
                witness ->
                    witness
                        .state()
                        .broken()
                        .filter(broken -> !broken.lastAt().isBefore(first))
                        .filter(broken -> evidence.isShownBy(broken.seen()))
                        .isPresent())
            .toList();
    return repaired.isEmpty()
        ? Optional.empty()
        : Optional.of(
            judged(
                Verdict.MENDED, repaired.stream().map(Witness::repair).toList(), latest(repaired)));
  }

  /** All that was looked at is good, but reporters may hold an older policy. */
  private Optional<Judgement> publishedOtherwise(Reported failure, List<Witness> witnesses) {
    PublishedPolicy policy = posture.policy();
    boolean good =
        Evidence.dependsOnPolicy(failure.kind())
            && policy.isInForce()
            && posture.check(DomainCheck.MTA_STS).last().seen().status() == CheckStatus.OK
            && witnesses.stream().allMatch(witness -> witness.status() == CheckStatus.OK);
    boolean otherMode =
        failure.seenMode() != MtaStsMode.UNKNOWN
            && !failure.seenMode().key().equals(policy.mode().key());
    if (!good || (Evidence.isOfPolicy(failure.kind()) && !otherMode)) {
      return Optional.empty();
    }
    String published =
        otherMode
            ? "the policy has mode %s, reporters saw %s"
                .formatted(policy.mode().key(), failure.seenMode().key())
            : "the policy covers " + covered(failure);
    return Optional.of(
        judged(
            Verdict.PUBLISHED_OTHERWISE,
            List.of("published otherwise: " + published + since(policy) + olderCopies(policy)),
            latest(witnesses)));
  }

  /** What is not published cannot fail here, but senders may remember it. */
  private static Optional<Judgement> nothingPublished(Reported failure, List<Witness> witnesses) {
    List<Witness> absent =
        witnesses.stream().filter(witness -> witness.status() == CheckStatus.ABSENT).toList();
    // Of a failure without a type nobody knows what belongs to it.
    boolean isTyped =
        failure.kind() != FailureKind.OTHER && failure.kind() != FailureKind.UNSPECIFIED;
    return absent.isEmpty() || !isTyped
        ? Optional.empty()
        : Optional.of(
            judged(
                Verdict.PUBLISHED_OTHERWISE,
                absent.stream()
                    .flatMap(witness -> witness.otherwise().stream())
                    .distinct()
                    .toList(),
                latest(absent)));
  }

  private static String covered(Reported failure) {
    List<String> named = named(failure);
    return named.isEmpty() ? "all MX hosts" : named.getFirst();
  }

  private static String since(PublishedPolicy policy) {
    return policy.since().map(at -> " (seen since " + Times.at(at) + ")").orElse("");
  }

  private String olderCopies(PublishedPolicy policy) {
    return policy
        .since()
        .map(at -> at.plus(policy.maxAge()))
        .filter(now::isBefore)
        .map(end -> "; senders may use an older copy until " + Times.at(end) + " (max_age)")
        .orElse("");
  }

  private static Optional<Judgement> withStatus(
      List<Witness> witnesses, CheckStatus status, Verdict verdict) {
    List<Witness> such = witnesses.stream().filter(witness -> witness.status() == status).toList();
    return such.isEmpty()
        ? Optional.empty()
        : Optional.of(
            judged(verdict, such.stream().map(Witness::silence).distinct().toList(), latest(such)));
  }

  private Judgement notSeen(Reported failure, List<Witness> witnesses) {
    List<String> words = new ArrayList<>();
    Stream.concat(
            witnesses.stream().map(Witness::subject).filter(subject -> !subject.isEmpty()),
            Stream.of(""))
        .distinct()
        .map(subject -> subject.isEmpty() ? policyWords(failure) : hostWords(subject))
        .filter(text -> !text.isEmpty())
        .map(text -> "not seen from here: " + text)
        .forEach(words::add);
    if (words.isEmpty()) {
      words.add("not seen from here: what belongs to it is good");
    }
    if (failure.reporters().size() == 1 && failure.allReporters() > 1) {
      words.add("only " + failure.reporters().getFirst() + " reports it");
    }
    if (!failure.lastDay().isBefore(now.atZone(ZoneOffset.UTC).toLocalDate().minusDays(1))) {
      words.add("reports speak of the day before: one more day may still tell of it");
    }
    return judged(Verdict.NOT_SEEN, words, latest(witnesses));
  }

  private String policyWords(Reported failure) {
    return Evidence.isOfPolicy(failure.kind())
        ? "the policy is there and valid, mode " + posture.policy().mode().key()
        : "";
  }

  private String hostWords(String host) {
    MxPosture mx = hosts.get(host);
    return mx == null
        ? ""
        : mx.tls()
            .map(
                tls ->
                    "%s [%s] offers STARTTLS with %s, certificate good until %s"
                        .formatted(
                            host,
                            tls.address(),
                            tls.version(),
                            Times.day(tls.certificateExpires())))
            .orElse("");
  }

  private static Optional<Instant> latest(List<Witness> witnesses) {
    return witnesses.stream()
        .filter(witness -> witness.status() != CheckStatus.NOT_YET)
        .filter(witness -> witness.status() != CheckStatus.OFF)
        .map(witness -> witness.last().at().truncatedTo(ChronoUnit.SECONDS))
        .max(Comparator.naturalOrder());
  }

  private static Judgement judged(Verdict verdict, List<String> words, Optional<Instant> at) {
    return new Judgement(verdict, words, at);
  }
}

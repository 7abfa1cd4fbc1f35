// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.intake;

import io.tlsrpt.dkim.Authenticator;
import io.tlsrpt.dkim.Authenticity;
import io.tlsrpt.dkim.Authenticity.Authenticated;
import io.tlsrpt.dkim.Authenticity.Standing;
import io.tlsrpt.dkim.Authenticity.Unauthenticated;
import io.tlsrpt.dkim.Authenticity.Undecided;
import io.tlsrpt.dkim.Author;
import io.tlsrpt.dkim.Fault;
import io.tlsrpt.dkim.KnownKeys;
import io.tlsrpt.dns.OrganisationalDomain;
import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.receiver.DeferralReason;
import io.tlsrpt.figures.receiver.RejectionReason;
import io.tlsrpt.figures.receiver.ReportOutcome;
import io.tlsrpt.figures.receiver.ReportOutcome.Duplicate;
import io.tlsrpt.figures.receiver.ReportOutcome.Rejected;
import io.tlsrpt.receiver.deferral.Claim;
import io.tlsrpt.receiver.domains.ForeignDomains;
import io.tlsrpt.receiver.domains.MxOfOurs;
import io.tlsrpt.receiver.domains.PolicyDomains;
import io.tlsrpt.receiver.domains.ShownDomains;
import io.tlsrpt.receiver.domains.UnknownDomains;
import io.tlsrpt.receiver.intake.Judgement.Judged;
import io.tlsrpt.receiver.intake.Judgement.Postponed;
import io.tlsrpt.receiver.intake.MailReports.Search.Candidates;
import io.tlsrpt.receiver.intake.MailReports.Search.Nothing;
import io.tlsrpt.receiver.intake.Readout.Refused;
import io.tlsrpt.receiver.intake.Readout.Report;
import io.tlsrpt.receiver.intake.Step.Ended;
import io.tlsrpt.receiver.intake.Step.Ready;
import io.tlsrpt.receiver.mime.ReportHeader;
import io.tlsrpt.receiver.port.DomainsUnavailableException;
import io.tlsrpt.receiver.port.IntakeStep;
import io.tlsrpt.receiver.port.ReceiverMeters;
import io.tlsrpt.report.Deviation;
import io.tlsrpt.report.Deviations;
import io.tlsrpt.report.PolicyDomain;
import io.tlsrpt.report.PolicyResult;
import io.tlsrpt.report.ReportLimits;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.StoreOutcome;
import io.tlsrpt.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a mail, one verb a step: find what may be reports → authenticate → read under limits →
 * keep our domains → commit ═ → publish. Bad input ends in an outcome, a failure of the world in a
 * postponement of the whole mail, and neither in an exception. May be used by many threads at once.
 */
public final class ReportIntake {
  private static final Logger LOGGER = LoggerFactory.getLogger(ReportIntake.class);

  private final MailReports reports;
  private final Optional<Authenticator> authenticator;
  private final KnownKeys knownKeys;
  private final ReporterChoice choice;
  private final PolicyDomains ours;
  private final LargeReadings largeReadings;
  private final Predicate<PolicyDomain> nearOurs;
  private final UnknownDomains unknown;
  private final ReportStore store;
  private final ShownDomains shown;
  private final ReceiverMeters meters;

  /**
   * Puts the steps together.
   *
   * @param authenticator if there is none, mails are believed
   * @param knownKeys say whose mails have better places while they wait
   * @param nearOurs whether a name that is not ours looks like ours
   */
  public ReportIntake(
      MailReports reports,
      Optional<Authenticator> authenticator,
      KnownKeys knownKeys,
      ReporterChoice choice,
      PolicyDomains ours,
      Predicate<PolicyDomain> nearOurs,
      UnknownDomains unknown,
      LargeReadings largeReadings,
      ReportStore store,
      ShownDomains shown,
      ReceiverMeters meters) {
    this.reports = reports;
    this.authenticator = authenticator;
    this.knownKeys = knownKeys;
    this.choice = choice;
    this.ours = ours;
    this.largeReadings = largeReadings;
    this.store = store;
    this.nearOurs = nearOurs;
    this.unknown = unknown;
    this.shown = shown;
    this.meters = meters;
  }

  /** Judges a mail, for the first time or again: all its reports, or none of them. */
  public Judgement accept(Envelope mail) {
    return Guard.guarded(mail.arrival(), () -> judge(mail), Judged::of);
  }

  private Judgement judge(Envelope mail) {
    return switch (reports.find(mail)) {
      case Nothing(Rejected why) -> Judged.of(why);
      case Candidates found ->
          claimedAuthor(mail)
              .filter(author -> !choice.accepts(author))
              .<Judgement>map(author -> Judged.of(ignored(author)))
              .orElseGet(() -> judge(mail, found));
    };
  }

  /**
   * The domain of From, which is the reporter if a signature answers for it. The reporter choice is
   * asked before any signature is, so that mails of unwanted reporters, genuine or forged, cost no
   * DNS look-up and no place among the mails that wait.
   */
  private Optional<String> claimedAuthor(Envelope mail) {
    return authenticator.flatMap(dkim -> Author.domainOf(mail.mail().header()));
  }

  private static Rejected ignored(String reporter) {
    return new Rejected(RejectionReason.REPORTER_IGNORED, reporter + " is not to be counted");
  }

  private Judgement judge(Envelope mail, Candidates found) {
    return switch (authenticity(mail, found)) {
      case Authenticated author ->
          judge(mail, found, author.withSigned(ReportHeader.NAMING_THE_DOMAIN));
      case Unauthenticated(Fault fault, String detail) ->
          Judged.of(new Rejected(reason(fault), detail));
      case Undecided why ->
          new Postponed(
              DeferralReason.DNS,
              why.detail(),
              Optional.empty(),
              why.signer(),
              claim(why.standing()),
              Optional.of(why.keyName()),
              why.asked());
    };
  }

  private static Claim claim(Standing standing) {
    return switch (standing) {
      case UNANSWERED -> Claim.UNANSWERED;
      case UNASKED -> Claim.UNASKED;
      case LIKELY -> Claim.KNOWN;
    };
  }

  private static RejectionReason reason(Fault fault) {
    return switch (fault) {
      case MISSING -> RejectionReason.DKIM_MISSING;
      case MISALIGNED -> RejectionReason.DKIM_MISALIGNED;
      case FAILED -> RejectionReason.DKIM_FAILED;
      case LENGTH_TAG -> RejectionReason.DKIM_LENGTH_TAG;
      case SERVICE -> RejectionReason.DKIM_SERVICE;
    };
  }

  private Authenticity authenticity(Envelope mail, Candidates found) {
    return mail.verdict()
        .<Authenticity>map(verdict -> verdict)
        .or(
            () ->
                authenticator.map(
                    dkim -> meters.timed(IntakeStep.AUTHENTICATE, () -> judged(dkim, mail))))
        .orElseGet(() -> believed(found.header()));
  }

  private static Authenticity judged(Authenticator dkim, Envelope mail) {
    return dkim.judge(mail.mail(), mail.arrival().receivedAt(), mail.caller());
  }

  /** Without signatures everything that the header says is believed. */
  private static Authenticity believed(ReportHeader header) {
    return new Authenticated(header.claimedReporter(), ReportHeader.NAMING_THE_DOMAIN);
  }

  private Judgement judge(Envelope mail, Candidates found, Authenticated author) {
    String reporter = author.reporter();
    if (!choice.accepts(reporter)) {
      return Judged.of(ignored(reporter));
    }
    try {
      return largeReadings.reading(atLarge -> readAndCommit(mail, found, author, atLarge));
    } catch (StoreUnavailableException e) {
      return postponed(DeferralReason.STORE, "it cannot be stored: " + e.getMessage(), author);
    } catch (DomainsUnavailableException e) {
      LOGGER.debug("The server cannot say which domains it serves", e);
      return postponed(
          DeferralReason.DOMAINS,
          "the server cannot say which domains it serves: " + e.getCause(),
          author);
    }
  }

  private Postponed postponed(DeferralReason reason, String detail, Authenticated author) {
    boolean isKnown = knownKeys.knows(OrganisationalDomain.of(author.reporter()));
    return new Postponed(
        reason,
        detail,
        Optional.of(author),
        author.reporter(),
        isKnown ? Claim.KNOWN : Claim.PROVEN,
        Optional.empty(),
        true);
  }

  private Judged readAndCommit(
      Envelope mail, Candidates found, Authenticated author, Runnable atLarge) {
    List<Readout> read =
        meters.timed(IntakeStep.READ, () -> reports.read(mail, found, author, atLarge));
    List<Step> steps = read.stream().map(this::keepOurDomains).toList();
    Judged done = new Judged(commit(mail, steps));
    // Not before: a mail that must wait is judged again.
    steps.forEach(step -> unknown.refuse(step.foreign(), author.reporter()));
    return done;
  }

  private Step keepOurDomains(Readout readout) {
    return switch (readout) {
      case Refused(Rejected why) -> new Ended(why, ForeignDomains.NONE);
      case Report report -> {
        meters.recordReport(report.size());
        yield keepOurDomains(report);
      }
    };
  }

  /** Keeps the entries that speak of our domains; foreign ones are left out (RFC 8460 §7). */
  private Step keepOurDomains(Report report) {
    Map<PolicyDomain, List<PolicyResult>> entries = new TreeMap<>();
    Set<PolicyDomain> others = new LinkedHashSet<>();
    // The server's list may be a database: it is asked once for each domain, not for each entry.
    Map<PolicyDomain, Boolean> asked = new HashMap<>();
    for (PolicyResult entry : report.received().report().policies()) {
      Optional<PolicyDomain> domain = entry.policy().policyDomain().or(report::headerDomain);
      if (domain.isPresent() && asked.computeIfAbsent(domain.get(), ours::contains)) {
        entries.computeIfAbsent(domain.get(), d -> new ArrayList<>()).add(entry);
      } else {
        domain.ifPresent(others::add);
      }
    }
    ForeignDomains foreign = ForeignDomains.of(others, MxOfOurs.in(entries.values()).or(nearOurs));
    if (entries.isEmpty()) {
      return new Ended(
          new Rejected(RejectionReason.UNKNOWN_DOMAIN, whyUnknown(report, foreign)), foreign);
    }
    List<Contribution> contributions = new ArrayList<>();
    entries.forEach(
        (domain, results) ->
            contributions.add(Contribution.of(report.received(), domain, results)));
    return contributions.stream().allMatch(Contribution::isPlausible)
        ? new Ready(report, contributions, foreign)
        : new Ended(
            new Rejected(
                RejectionReason.INVALID_COUNT,
                "counts of one domain add up to more than " + ReportLimits.MAX_COUNT),
            foreign);
  }

  private static String whyUnknown(Report report, ForeignDomains foreign) {
    if (foreign.isEmpty()) {
      return "the report names no policy domain, and " + whyNotOfHeader(report);
    }
    boolean lacksDomain =
        report.received().report().policies().stream()
            .anyMatch(entry -> entry.policy().policyDomain().isEmpty());
    return "no policy domain of the report is ours: "
        + foreign
        + (lacksDomain && report.headerDomain().isEmpty()
            ? "; an entry names none, and " + whyNotOfHeader(report)
            : "");
  }

  /** An entry that names no domain has that of the mail's header, if that can be relied on. */
  private static String whyNotOfHeader(Report report) {
    return report.headerIsUnsigned()
        ? "the mail's TLS-Report-Domain is not signed"
        : "the mail has no TLS-Report-Domain that names one";
  }

  /** Commits all reports of a mail together; each step has its outcome, in order. */
  private List<ReportOutcome> commit(Envelope mail, List<Step> steps) {
    List<Ready> ready =
        steps.stream().filter(Ready.class::isInstance).map(Ready.class::cast).toList();
    Iterator<ReportOutcome> committed =
        ready.isEmpty() ? Collections.emptyIterator() : commitAll(mail, ready).iterator();
    return steps.stream()
        .map(
            step ->
                switch (step) {
                  case Ended ended -> ended.why();
                  case Ready one -> committed.next();
                })
        .toList();
  }

  private List<ReportOutcome> commitAll(Envelope mail, List<Ready> ready) {
    return Guard.guarded(
        mail.arrival(), () -> commitAll(ready), why -> Collections.nCopies(ready.size(), why));
  }

  private List<ReportOutcome> commitAll(List<Ready> ready) {
    List<StoreOutcome> stored =
        meters.timed(
            IntakeStep.STORE, () -> store.commit(ready.stream().map(Ready::toStore).toList()));
    // From here on nothing may fail the mail.
    return meters.timed(
        IntakeStep.APPLY,
        () -> {
          List<ReportOutcome> outcomes = new ArrayList<>();
          for (int i = 0; i < stored.size(); i++) {
            outcomes.add(outcome(ready.get(i), stored.get(i)));
          }
          return outcomes;
        });
  }

  private ReportOutcome outcome(Ready ready, StoreOutcome outcome) {
    return switch (outcome) {
      case StoreOutcome.Refused(Rejected why) -> why;
      case StoreOutcome.AlreadyStored(boolean sameContent) ->
          new Duplicate(
              sameContent
                  ? Deviations.NONE
                  : Deviations.NONE.plus(Deviation.CONFLICTING_DUPLICATE));
      case StoreOutcome.Stored stored -> {
        shown.show(ready.contributions().stream().map(Contribution::domain).toList());
        shown.giveWay(stored.gaveWay());
        knownKeys.accepted(OrganisationalDomain.of(ready.report().received().reporter()));
        yield ready.accepted(stored);
      }
    };
  }
}

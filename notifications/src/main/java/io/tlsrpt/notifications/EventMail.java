// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.notifications;

import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.event.Transition.Change;
import io.tlsrpt.figures.posture.CheckEvent;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.MtaStsMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The subject and the text of a mail that tells events: the worst first. */
final class EventMail {
  private static final int MOST_NAMES = 10;
  private static final int MOST_ADVICE = 3;

  private final Gathered gathered;
  private final Function<DomainName, DomainNow> domains;
  private final TroubleText troubles;
  private final boolean isFirstOfAll;

  /** Failures to tell of: what has started, and what is active where mail begins to be lost. */
  private final Map<FailureKind, Set<DomainName>> failing = new LinkedHashMap<>();

  private final List<String> subjects = new ArrayList<>();
  private final Flowed text = new Flowed();

  /**
   * A mail about these notices.
   *
   * @param isFirstOfAll whether no other domains have had reports before
   */
  EventMail(
      Gathered gathered,
      Function<DomainName, DomainNow> domains,
      TroubleText troubles,
      boolean isFirstOfAll) {
    this.gathered = gathered;
    this.domains = domains;
    this.troubles = troubles;
    this.isFirstOfAll = isFirstOfAll;
    // What loses mail comes first.
    for (DomainName name : gathered.losing()) {
      for (FailureKind kind : domains.apply(name).activeKinds()) {
        failing.computeIfAbsent(kind, absent -> new LinkedHashSet<>()).add(name);
      }
    }
    gathered
        .failures(Change.STARTED)
        .forEach(
            (kind, names) ->
                failing.computeIfAbsent(kind, absent -> new LinkedHashSet<>()).addAll(names));
  }

  /** A subject and a text. */
  record Written(String subject, Flowed text) {}

  Written write() {
    for (Notice.OfReceiver trouble : gathered.troubles()) {
      subjects.add(troubles.write(trouble, text));
    }
    writeLosing();
    writeFailing();
    writeEnds();
    writeBrief();
    writeModes();
    writeChecks();
    writeFirst();
    writeAdvice();
    return new Written(subjects.getFirst() + (subjects.size() > 1 ? "; and more" : ""), text);
  }

  private List<DomainNow> now(Collection<DomainName> names) {
    return names.stream().map(domains).sorted(DomainNow.WORST_FIRST).toList();
  }

  private void writeLosing() {
    List<DomainNow> losing = now(gathered.losing());
    if (losing.isEmpty()) {
      return;
    }
    subjects.add(Subjects.failing(losing, Subjects.kindsOf(losing), "loses mail", "lose mail"));
    text.paragraph(
        Subjects.domains(gathered.losing())
            + (losing.size() == 1 ? " loses mail" : " lose mail")
            + ": senders that found this do not deliver. They try again for some days, and then"
            + " return the mail to its author.");
  }

  private void writeFailing() {
    List<DomainName> others =
        failing.values().stream()
            .flatMap(Set::stream)
            .distinct()
            .filter(name -> !gathered.losing().contains(name))
            .toList();
    if (!others.isEmpty()) {
      Set<FailureKind> kinds = gathered.failures(Change.STARTED).keySet();
      subjects.add(Subjects.failing(now(others), kinds, "fails", "fail"));
    }
    List<FailureText> texts =
        failing.entrySet().stream()
            .map(entry -> new FailureText(entry.getKey(), now(entry.getValue())))
            .toList();
    texts.forEach(failure -> failure.writeFacts(text));
    if (!others.isEmpty()) {
      text.paragraph(
          (gathered.losing().isEmpty() ? "Senders" : "To the others, senders")
              + " deliver nevertheless, as far as the reports say.");
    }
  }

  /** What to do about what fails: after all that has happened. */
  private void writeAdvice() {
    List<FailureText> texts =
        failing.entrySet().stream()
            .limit(MOST_ADVICE)
            .map(entry -> new FailureText(entry.getKey(), now(entry.getValue())))
            .toList();
    texts.forEach(failure -> failure.writeLook(text));
    if (failing.size() == 1) {
      texts.getFirst().writeChange(text);
    } else if (!failing.isEmpty()) {
      text.paragraph("What to change for each of them is in docs/failure-types.md.");
    }
  }

  private void writeEnds() {
    Set<DomainName> delivered = gathered.delivered();
    if (!delivered.isEmpty()) {
      String what =
          Subjects.domains(delivered)
              + (delivered.size() == 1 ? " loses" : " lose")
              + " no mail any more";
      Set<FailureKind> recovered = gathered.failures(Change.RECOVERED).keySet();
      subjects.add(
          Subjects.of(what)
              + (recovered.isEmpty() ? "" : ": recovered from " + Subjects.kinds(recovered)));
      text.paragraph(what + ", as far as the reports say.");
      writeNames(delivered);
    }
    writeEnd(
        Change.RECOVERED, "has recovered", "A reporter of it has since had sessions without it.");
    writeEnd(
        Change.EXPIRED,
        "is no longer reported",
        "Nobody has told of it for the length of failureWindow, and nobody has told that it is"
            + " mended.");
  }

  private void writeEnd(Change change, String how, String why) {
    gathered
        .failures(change)
        .forEach(
            (kind, names) -> {
              if (!gathered.delivered().containsAll(names)) {
                subjects.add(Subjects.of(Subjects.domains(names) + ": " + kind.key() + " " + how));
              }
              text.paragraph(
                  kind.key() + " at " + Subjects.domains(names) + " " + how + ". " + why);
              writeNames(names);
            });
  }

  private void writeBrief() {
    gathered
        .brief()
        .forEach(
            (kind, names) -> {
              String what =
                  Subjects.domains(names) + ": " + kind.key() + " has started, and is over again";
              subjects.add(Subjects.of(what));
              text.paragraph(what + ".");
              writeNames(names);
            });
  }

  private void writeModes() {
    gathered
        .modes()
        .forEach(
            (modes, names) -> {
              String what = "MTA-STS mode " + modes.to().key() + ", was " + modes.from().key();
              subjects.add(Subjects.of(Subjects.domains(names) + ": " + what));
              text.paragraph(
                  Subjects.domains(names)
                      + ": "
                      + what
                      + ". "
                      + (modes.to() == MtaStsMode.UNKNOWN
                          ? "In the last 14 days no reporter has told of a policy."
                          : "This is what reporters see, by vote. If you have not changed the policy,"
                              + " look at it."));
              writeNames(names);
            });
  }

  private void writeChecks() {
    List<CheckEvent> failing = gathered.checks(true);
    List<CheckEvent> passed = gathered.checks(false);
    if (!failing.isEmpty()) {
      CheckText checks = new CheckText(failing);
      subjects.add(Subjects.of(checks.subject("fails", "fail")));
      checks.write("Two looks of this server have found a fault:", text);
      text.paragraph(
          "What each check means, and what to do: docs/meters.md, \"type=Posture\", and"
              + " docs/runbooks.md.");
    }
    if (!passed.isEmpty()) {
      CheckText checks = new CheckText(passed);
      subjects.add(Subjects.of(checks.subject("is good again", "are good again")));
      checks.write("This server no longer finds the fault:", text);
    }
  }

  private void writeFirst() {
    Set<DomainName> first = gathered.first();
    if (first.isEmpty()) {
      return;
    }
    String about = "first report about " + Subjects.domains(first);
    subjects.add(Subjects.of((isFirstOfAll ? "it works: " : "") + about));
    text.paragraph(
        (isFirstOfAll ? "It works: the " : "The ")
            + about
            + " has been counted."
            + (isFirstOfAll
                ? " Large senders report once a day; you are told when something fails."
                : ""));
    writeNames(first);
  }

  /** Several names as a list; one stands in the sentence before. */
  private void writeNames(Set<DomainName> names) {
    if (names.size() > 1) {
      names.stream().limit(MOST_NAMES).forEach(name -> text.line(name.value()));
      if (names.size() > MOST_NAMES) {
        text.line("and " + (names.size() - MOST_NAMES) + " more");
      }
    }
  }
}

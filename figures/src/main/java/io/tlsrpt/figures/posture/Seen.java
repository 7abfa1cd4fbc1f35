// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.posture;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.FailureKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What one look saw of one thing.
 *
 * @param kinds as which senders would report it; of a status other than failing, what they would
 *     report if it is no fault of this server's connection
 * @param faults what is wrong, or why nothing can be said, in words of one line each
 * @param notes what does not make it failing, but is worth a word
 */
public record Seen(
    CheckStatus status, Set<FailureKind> kinds, List<String> faults, List<String> notes) {
  private static final int MAX_FINDINGS = 10;
  private static final int MAX_LENGTH = 200;

  /** The check is switched off. */
  public static final Seen OFF = of(CheckStatus.OFF);

  /** Nothing is known of it yet. */
  public static final Seen NOT_YET = of(CheckStatus.NOT_YET);

  /** It is good. */
  public static final Seen OK = of(CheckStatus.OK);

  /** Keeps 10 faults and 10 notes of 200 characters each. */
  public Seen {
    requireNonNull(status, "status");
    kinds = Set.copyOf(kinds);
    faults = bounded(faults);
    notes = bounded(notes);
  }

  private static Seen of(CheckStatus status) {
    return new Seen(status, Set.of(), List.of(), List.of());
  }

  /** An answer came, and it is wrong. */
  public static Seen failing(String fault, FailureKind... kinds) {
    return new Seen(CheckStatus.FAILING, Set.of(kinds), List.of(fault), List.of());
  }

  /** It could not be looked at. */
  public static Seen unknown(String why, FailureKind... kinds) {
    return new Seen(CheckStatus.UNKNOWN, Set.of(kinds), List.of(why), List.of());
  }

  /** Nothing is published. */
  public static Seen absent(String words) {
    return new Seen(CheckStatus.ABSENT, Set.of(), List.of(words), List.of());
  }

  /** The same with notes more. */
  public Seen noting(List<String> more) {
    return more.isEmpty()
        ? this
        : new Seen(status, kinds, faults, Stream.concat(notes.stream(), more.stream()).toList());
  }

  /**
   * This, of two things of which it is the worse. What is wrong with the other is told, too, if
   * both have the same status; else it is a note.
   */
  public Seen and(Seen better) {
    if (better.status == status) {
      Set<FailureKind> both = new HashSet<>(kinds);
      both.addAll(better.kinds);
      return new Seen(status, both, joined(faults, better.faults), joined(notes, better.notes));
    }
    return noting(better.findings());
  }

  private static List<String> joined(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).distinct().toList();
  }

  /** What is wrong first, then the notes. */
  public List<String> findings() {
    return Stream.concat(faults.stream(), notes.stream()).toList();
  }

  private static List<String> bounded(List<String> findings) {
    return findings.stream().limit(MAX_FINDINGS).map(Seen::bounded).toList();
  }

  private static String bounded(String finding) {
    return finding.length() <= MAX_LENGTH ? finding : finding.substring(0, MAX_LENGTH - 1) + '…';
  }
}

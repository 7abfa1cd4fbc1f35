// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.posture;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One check that belongs to a failure, and what it says in words.
 *
 * @param subject whose check it is, which stands before the words; empty for the domain's own
 */
record Witness(String subject, Check check, CheckState state) {
  Witness {
    requireNonNull(subject, "subject");
    requireNonNull(check, "check");
    requireNonNull(state, "state");
  }

  CheckState.Looked last() {
    return state.last();
  }

  CheckStatus status() {
    return last().seen().status();
  }

  /** That the last look shows the failure, a line for each fault. */
  List<String> confirmation() {
    return last().seen().faults().stream()
        .map(words -> "confirmed " + Times.at(last().at()) + ": " + says(words))
        .toList();
  }

  /** That it was broken and is good now. */
  String repair() {
    CheckState.Broken broken = state.broken().orElseThrow();
    return "mended: %s until %s, good since %s"
        .formatted(
            says(String.join("; ", broken.seen().faults())),
            Times.at(broken.lastAt()),
            Times.at(last().firstAt()));
  }

  /** What is published now in place of what failed, a line for each finding. */
  List<String> otherwise() {
    return last().seen().findings().stream()
        .map(words -> "published otherwise: " + says(words))
        .toList();
  }

  /** Why nothing is known. */
  String silence() {
    return switch (status()) {
      case OFF -> says("not looked at: " + level() + " would show it");
      case NOT_YET -> says("not looked at yet since the server's start");
      default -> says("nothing is known of " + check.key() + because());
    };
  }

  private String because() {
    List<String> faults = last().seen().faults();
    return faults.isEmpty() ? "" : ": " + String.join("; ", faults);
  }

  private String says(String words) {
    return subject.isEmpty() || words.contains(subject) ? words : subject + ": " + words;
  }

  private String level() {
    return check == DomainCheck.MTA_STS || check == DomainCheck.MX
        ? "checks=policy"
        : "checks=own-mx, or mx";
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.view;

import io.tlsrpt.figures.posture.CheckState;
import io.tlsrpt.figures.posture.DomainCheck;
import io.tlsrpt.figures.posture.MxCheck;
import io.tlsrpt.figures.posture.MxPosture;
import io.tlsrpt.figures.posture.Posture;
import io.tlsrpt.figures.posture.Postures;
import io.tlsrpt.figures.posture.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A posture as text to read. */
public final class PostureText {
  private PostureText() {}

  /** All of it, several lines. */
  public static String of(Posture posture, Postures postures) {
    List<String> lines = new ArrayList<>();
    lines.add(
        posture.domain()
            + posture
                .lastLook()
                .map(at -> ", looked at " + Times.at(at) + ", as seen from this server")
                .orElse(": not looked at yet"));
    for (DomainCheck check : DomainCheck.values()) {
      lines.add(check.key() + ": " + state(posture.check(check)));
    }
    for (Posture.MxRecord mx : posture.mxHosts()) {
      lines.add("");
      lines.add("MX host " + mx.preference() + " " + mx.host());
      postures.host(mx.host()).ifPresent(host -> lines.addAll(of(host)));
    }
    return String.join("\n", lines);
  }

  private static List<String> of(MxPosture host) {
    return Stream.of(MxCheck.values())
        .map(check -> "  " + check.key() + ": " + state(host.check(check)))
        .toList();
  }

  private static String state(CheckState state) {
    List<String> findings = state.findings();
    return state.status().key()
        + state
            .broken()
            .filter(broken -> state.isInDoubt() && broken.lastAt().equals(state.last().at()))
            .map(broken -> " (the last look saw a fault; a second one follows)")
            .orElse("")
        + findings.stream().map(words -> "\n    " + words).collect(Collectors.joining());
  }

  /** The MX hosts, each as {@code 10 mx.example.com: ok}. */
  public static List<String> mxHosts(Posture posture, Postures postures) {
    return posture.mxHosts().stream()
        .map(mx -> mx.preference() + " " + mx.host() + word(postures.host(mx.host())))
        .toList();
  }

  private static String word(Optional<MxPosture> host) {
    return host.map(
            mx -> ": " + (mx.problems() > 0 ? String.join("; ", failing(mx)) : asReached(mx)))
        .orElse("");
  }

  /** One that was not reached, or not looked at, is not called good. */
  private static String asReached(MxPosture host) {
    return host.check(MxCheck.STARTTLS).status().key();
  }

  private static List<String> failing(MxPosture host) {
    return host.checks().entrySet().stream()
        .filter(check -> check.getValue().status().ok().filter(ok -> !ok).isPresent())
        .map(check -> check.getKey().key() + " failing")
        .toList();
  }
}

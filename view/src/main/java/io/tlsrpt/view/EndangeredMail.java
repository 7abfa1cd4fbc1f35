// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.view;

import io.tlsrpt.figures.posture.CheckStatus;
import io.tlsrpt.figures.posture.DomainCheck;
import io.tlsrpt.figures.posture.MxCheck;
import io.tlsrpt.figures.posture.MxPosture;
import io.tlsrpt.figures.posture.Posture;
import io.tlsrpt.figures.posture.Postures;
import io.tlsrpt.figures.posture.PublishedMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Domains for which senders refuse to deliver over bad TLS, in mode enforce or by DANE, and of
 * which something is bad that the receiver sees itself.
 */
public final class EndangeredMail {
  private EndangeredMail() {}

  /**
   * In words: one line for each MX host that is bad, and for each domain whose policy lacks one or
   * whose DANE is bad.
   */
  public static List<String> of(Postures postures) {
    List<Posture> strict =
        postures.domains().stream()
            .filter(EndangeredMail::isStrict)
            .sorted(Comparator.comparing(Posture::domain))
            .toList();
    List<String> words = new ArrayList<>();
    for (Posture posture : strict) {
      Stream.of(DomainCheck.MX, DomainCheck.DANE)
          .filter(check -> isFailing(posture, check))
          .map(check -> posture.domain() + " (" + findings(posture, check) + ")")
          .forEach(words::add);
    }
    hosts(strict, postures).stream().flatMap(EndangeredMail::words).forEach(words::add);
    return List.copyOf(words);
  }

  private static boolean isStrict(Posture posture) {
    return posture.policy().mode() == PublishedMode.ENFORCE
        || posture.check(DomainCheck.DANE).status() == CheckStatus.OK
        || isFailing(posture, DomainCheck.DANE);
  }

  private static boolean isFailing(Posture posture, DomainCheck check) {
    return posture.check(check).status() == CheckStatus.FAILING;
  }

  private static String findings(Posture posture, DomainCheck check) {
    return String.join("; ", posture.check(check).shown().faults());
  }

  private static Collection<MxPosture> hosts(List<Posture> strict, Postures postures) {
    return strict.stream()
        .flatMap(posture -> posture.mxHosts().stream())
        .flatMap(mx -> postures.host(mx.host()).stream())
        .collect(Collectors.toMap(MxPosture::host, host -> host, (one, same) -> one, TreeMap::new))
        .values();
  }

  private static Stream<String> words(MxPosture host) {
    String failing =
        Stream.of(MxCheck.values())
            .filter(check -> host.check(check).status() == CheckStatus.FAILING)
            .map(MxCheck::key)
            .collect(Collectors.joining(", "));
    return failing.isEmpty()
        ? Stream.empty()
        : Stream.of(
            "%s of %d domain%s (%s)"
                .formatted(host.host(), host.domains(), host.domains() == 1 ? "" : "s", failing));
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.certificates;

import io.tlsrpt.checks.words.Words;
import io.tlsrpt.report.DomainName;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Judges certificates as senders do. All faults are told, not only the first, since senders order
 * their tests differently. No connection is made. Thread-safe.
 */
public final class CertificateJudge {
  private final TrustedRoots roots;

  private CertificateJudge(TrustedRoots roots) {
    this.roots = roots;
  }

  /**
   * One that trusts the roots of the JDK, read now.
   *
   * @throws IOException if they cannot be read
   */
  public static CertificateJudge withRootsOfTheJdk() throws IOException {
    return new CertificateJudge(TrustedRoots.ofTheJdk());
  }

  /** One that trusts these roots and no others. */
  public static CertificateJudge withRoots(Collection<X509Certificate> roots) {
    return new CertificateJudge(TrustedRoots.of(roots));
  }

  /**
   * Judges what a host sent.
   *
   * @param chain at least one certificate, the host's own first
   * @param host the name that it must bear
   */
  public CertificateJudgement judge(List<X509Certificate> chain, DomainName host, Instant now) {
    X509Certificate own = chain.getFirst();
    List<CertificateFault> faults = new ArrayList<>();
    CertificateNames.fault(own, host).ifPresent(faults::add);
    Optional<List<X509Certificate>> valid = path(chain, List.of(now));
    Optional<List<X509Certificate>> path =
        valid.or(() -> path(chain, CertificateTimes.others(chain, now)));
    Optional<CertificateFault> date = CertificateTimes.fault(path.orElse(List.of(own)), own, now);
    date.ifPresent(faults::add);
    // What is valid at another time without a date of its own to explain it hangs on its root.
    boolean isDateAlone = path.isPresent() && date.isPresent();
    if (valid.isEmpty() && !isDateAlone) {
      faults.add(
          new CertificateFault(CertificateFault.Kind.TRUST, Distrust.words(chain, roots, now)));
    }
    X509Certificate first = CertificateTimes.firstToEnd(path.orElse(List.of(own)));
    return new CertificateJudgement(
        faults,
        CertificateTimes.end(first),
        CertificateTimes.lasts(first, now),
        CertificateTimes.ending(first, now),
        Words.principal(own.getIssuerX500Principal()));
  }

  /** A path that is valid at one of these times, the first if it can be. */
  private Optional<List<X509Certificate>> path(List<X509Certificate> chain, List<Instant> times) {
    for (Instant time : times) {
      try {
        return Optional.of(CertificatePath.findForServer(chain, roots.anchors(), time));
      } catch (GeneralSecurityException e) {
        // Not at that time; perhaps at another.
      }
    }
    return Optional.empty();
  }

  /**
   * Whether a path leads from a host's certificate to one of those that it sent, taken as the root,
   * with all dates good: DANE's usage 2 (RFC 7672 §3.1.2). A certificate that is itself the host's
   * must have signed itself.
   */
  public static boolean leadsTo(X509Certificate root, List<X509Certificate> chain, Instant now) {
    X509Certificate own = chain.getFirst();
    try {
      if (own.equals(root)) {
        own.verify(own.getPublicKey());
        return CertificateTimes.isValid(own, now);
      }
      CertificatePath.find(chain, Set.of(new TrustAnchor(root, null)), now);
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import io.tlsrpt.dkim.Authenticity.Authenticated;
import io.tlsrpt.dkim.Authenticity.Standing;
import io.tlsrpt.dkim.Authenticity.Unauthenticated;
import io.tlsrpt.dkim.Authenticity.Undecided;
import io.tlsrpt.dkim.DkimAuthenticator.Candidate;
import io.tlsrpt.dns.LookupDeadline;
import io.tlsrpt.dns.WaitingThread;
import io.tlsrpt.report.DomainName;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Judges signatures of one mail: each first by itself, then by the body, then by its key, then by
 * the header. What needs no look-up comes first, so that a changed body costs no query.
 */
final class SignatureCheck {
  private final KeyLookup keys;
  private final SignedMail mail;
  private final Author.Known author;
  private final Instant receivedAt;
  private final LookupDeadline deadline;

  SignatureCheck(
      KeyLookup keys,
      SignedMail mail,
      Author.Known author,
      Instant receivedAt,
      WaitingThread thread) {
    this.keys = keys;
    this.mail = mail;
    this.author = author;
    this.receivedAt = receivedAt;
    this.deadline = new LookupDeadline(thread);
  }

  Authenticity judge(Candidate candidate) {
    SignatureField signature = candidate.signature();
    DomainName signer = candidate.signer();
    if (signature.signsPartOfTheBody()) {
      return new Unauthenticated(
          Fault.LENGTH_TAG, of(signer) + " signs part of the body only (l=)");
    }
    Optional<Algorithm> algorithm = signature.algorithm();
    if (algorithm.isEmpty()) {
      return failed(signer, "uses neither rsa-sha256 nor ed25519-sha256");
    }
    if (!signature.keyIsInDns()) {
      return failed(signer, "does not have its key in the DNS (q=)");
    }
    if (signature.isExpired(receivedAt)) {
      return failed(signer, "had expired at receipt");
    }
    if (!signature.identityIsOfSigner()) {
      return failed(signer, "has an identity of another domain (i=)");
    }
    if (!mail.hasBodyOf(signature)) {
      return failed(signer, "does not match the body: the body was changed after signing");
    }
    return switch (keys.find(signature.selector(), signer, deadline)) {
      case KeyAnswer.Absent absent -> failed(signer, "has no key in the DNS");
      case KeyAnswer.Unreadable unreadable -> failed(signer, "has no readable key in the DNS");
      case KeyAnswer.Unavailable(String why, boolean asked) ->
          new Undecided(
              signer,
              keys.name(signature.selector(), signer),
              "the key of " + signer + " cannot be looked up: " + why,
              standing(candidate, algorithm.get(), asked),
              asked);
      case KeyAnswer.Found(List<KeyRecord> found) -> judge(candidate, algorithm.get(), found);
    };
  }

  private Standing standing(Candidate candidate, Algorithm algorithm, boolean asked) {
    boolean likely =
        keys.known(candidate.signature().selector(), candidate.signer())
            .filter(key -> judge(candidate, algorithm, key) instanceof Authenticated)
            .isPresent();
    if (likely) {
      return Standing.LIKELY;
    }
    return asked ? Standing.UNANSWERED : Standing.UNASKED;
  }

  /** RFC 6376 §6.1.2, 4: of several keys each may be the right one. */
  private Authenticity judge(Candidate candidate, Algorithm algorithm, List<KeyRecord> found) {
    Findings findings = new Findings();
    for (KeyRecord key : found) {
      Authenticity finding = judge(candidate, algorithm, key);
      if (finding instanceof Authenticated) {
        keys.good(candidate.signature().selector(), candidate.signer(), key);
        return finding;
      }
      findings.add(finding);
    }
    return findings.closest();
  }

  private Authenticity judge(Candidate candidate, Algorithm algorithm, KeyRecord key) {
    DomainName signer = candidate.signer();
    if (key.isRevoked()) {
      return failed(signer, "has a revoked key");
    }
    if (!key.servesReports()) {
      return new Unauthenticated(Fault.SERVICE, of(signer) + " has a key for other services (s=)");
    }
    if (key.isForTests()) {
      return failed(signer, "has a key for tests (t=y)");
    }
    if (!key.isFor(algorithm)) {
      return failed(signer, "has a key for other signatures (k=, h=)");
    }
    if (key.excludesSubdomains() && !candidate.signature().identityIsSignerItself()) {
      return failed(
          signer, "has an identity of a subdomain (i=), which its key does not allow (t=s)");
    }
    return key.publicKey()
        .map(usable -> verify(candidate, algorithm, usable))
        .orElseGet(
            () -> failed(signer, "has a key that is neither RSA of 1024 to 4096 bits nor Ed25519"));
  }

  private Authenticity verify(Candidate candidate, Algorithm algorithm, PublicKey key) {
    SignatureField signature = candidate.signature();
    // RATIONALE: Own DKIM verification
    return algorithm.verifies(key, mail.headerOf(signature), signature.signature())
        ? new Authenticated(author.domain(), candidate.covered())
        : failed(
            candidate.signer(),
            "does not match: a signed header field was changed after signing, or the key differs");
  }

  private static Unauthenticated failed(DomainName signer, String why) {
    return new Unauthenticated(Fault.FAILED, of(signer) + " " + why);
  }

  private static String of(DomainName signer) {
    return "the signature of " + signer;
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import io.tlsrpt.dkim.Authenticity.Authenticated;
import io.tlsrpt.dkim.Authenticity.Unauthenticated;
import io.tlsrpt.dkim.Authenticity.Undecided;
import io.tlsrpt.dkim.DkimAuthenticator.Candidate;
import io.tlsrpt.figures.RejectionReason;
import java.time.Instant;

/** Judges signatures of one mail: each first by itself, then by its key, then by what it signs. */
final class SignatureCheck {
  private final KeyLookup keys;
  private final RawMail mail;
  private final Instant receivedAt;
  private final Patience patience;

  SignatureCheck(KeyLookup keys, RawMail mail, Instant receivedAt, Caller caller) {
    this.keys = keys;
    this.mail = mail;
    this.receivedAt = receivedAt;
    this.patience = new Patience(caller);
  }

  Authenticity judge(Candidate candidate) {
    ReportSignature signature = candidate.signature();
    String signer = candidate.signer();
    if (signature.signsPartOfTheBody()) {
      return new Unauthenticated(
          RejectionReason.DKIM_LENGTH_TAG, of(signer) + " signs part of the body only (l=)");
    }
    if (!signature.usesRsaSha256()) {
      return failed(signer, "does not use rsa-sha256");
    }
    if (!signature.keyIsInDns()) {
      return failed(signer, "has its key elsewhere than in the DNS");
    }
    if (signature.isExpired(receivedAt)) {
      return failed(signer, "had expired at receipt");
    }
    return switch (keys.find(signature.selector(), signer, patience)) {
      case KeyAnswer.Absent absent -> failed(signer, "has no key in the DNS");
      case KeyAnswer.Unreadable unreadable -> failed(signer, "has no readable key in the DNS");
      case KeyAnswer.Unavailable(String why) ->
          new Undecided(signer, "the key of " + signer + " cannot be looked up: " + why);
      case KeyAnswer.Found(ReportKey key) -> judge(candidate, key);
    };
  }

  private Authenticity judge(Candidate candidate, ReportKey key) {
    String signer = candidate.signer();
    if (key.isRevoked()) {
      return failed(signer, "has a revoked key");
    }
    if (!key.servesReports()) {
      return new Unauthenticated(
          RejectionReason.DKIM_SERVICE, of(signer) + " has a key for other services (s=)");
    }
    if (key.isForTests()) {
      return failed(signer, "has a key for tests (t=y)");
    }
    if (!key.isRsaOfAllowedSize()) {
      return failed(signer, "has a key that is not RSA of 1024 to 4096 bits");
    }
    return new JdkimVerification(mail, candidate, key).succeeds()
        ? new Authenticated(signer)
        : failed(signer, "does not match: header or body was changed, or the key");
  }

  private static Unauthenticated failed(String signer, String why) {
    return new Unauthenticated(RejectionReason.DKIM_FAILED, of(signer) + " " + why);
  }

  private static String of(String signer) {
    return "the signature of " + signer;
  }
}

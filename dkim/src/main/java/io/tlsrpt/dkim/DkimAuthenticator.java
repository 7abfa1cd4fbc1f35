// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import io.tlsrpt.dkim.Authenticity.Authenticated;
import io.tlsrpt.dkim.Authenticity.Unauthenticated;
import io.tlsrpt.dkim.RawMail.Field;
import io.tlsrpt.figures.RejectionReason;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Believes a mail that bears the DKIM signature of its author's domain, or of one above it: RFC
 * 8460 §3. Signatures of strangers cost no look-up; one good signature is enough, and of several
 * the longest domain names the reporter.
 */
public final class DkimAuthenticator implements Authenticator {
  private static final int MAX_SIGNATURES = 8;

  /** No mail on its way from a reporter collects as many. */
  private static final int MAX_FIELDS = 100;

  private final KeyLookup keys;

  DkimAuthenticator(KeyLookup keys) {
    this.keys = keys;
  }

  /** Looks keys up with the resolver that the server has set up for itself. */
  public static DkimAuthenticator withServersDns(InstantSource clock) {
    return new DkimAuthenticator(new CachedKeys(DnsKeys::query, clock));
  }

  @Override
  public Authenticity judge(RawMail mail, Instant receivedAt, Caller caller) {
    if (!mail.isClear()) {
      return new Unauthenticated(RejectionReason.DKIM_FAILED, RawMail.UNCLEAR);
    }
    Optional<Author> author = Author.of(mail);
    if (mail.fields("dkim-signature").isEmpty()) {
      return new Unauthenticated(
          RejectionReason.DKIM_MISSING,
          "no DKIM-Signature field; From domain "
              + author.map(Author::domain).orElse("(there is not exactly one)"));
    }
    if (author.isEmpty()) {
      return new Unauthenticated(
          RejectionReason.DKIM_MISALIGNED, "not exactly one From field with one address");
    }
    return judge(mail, new SignatureCheck(keys, mail, receivedAt, caller), author.get());
  }

  private static Authenticity judge(RawMail mail, SignatureCheck check, Author author) {
    List<Field> fields = mail.fields("dkim-signature");
    List<Candidate> candidates = new ArrayList<>();
    Findings findings = new Findings();
    for (Field field : fields.subList(0, Math.min(fields.size(), MAX_FIELDS))) {
      Candidate.of(field, author)
          .ifPresentOrElse(candidates::add, () -> findings.add(unusable(field, author)));
    }
    candidates.sort(Comparator.comparingInt((Candidate c) -> c.signer().length()).reversed());
    for (Candidate candidate : candidates.subList(0, Math.min(candidates.size(), MAX_SIGNATURES))) {
      Authenticity found = check.judge(candidate);
      if (found instanceof Authenticated) {
        return found;
      }
      findings.add(found);
    }
    return findings.weightiest();
  }

  private static Authenticity unusable(Field field, Author author) {
    return ReportSignature.of(field)
        .map(
            signature ->
                new Unauthenticated(
                    RejectionReason.DKIM_MISALIGNED,
                    "d="
                        + signature.signer().orElse("(no host name)")
                        + " does not answer for the From domain "
                        + author.domain()))
        .orElseGet(
            () ->
                new Unauthenticated(
                    RejectionReason.DKIM_FAILED,
                    "a DKIM-Signature field of a mail from " + author.domain() + " is malformed"));
  }

  @Override
  public void close() {
    keys.close();
  }

  /** A signature of a domain that answers for the author. */
  record Candidate(Field field, ReportSignature signature, String signer) {
    static Optional<Candidate> of(Field field, Author author) {
      return ReportSignature.of(field)
          .flatMap(
              signature ->
                  signature
                      .signer()
                      .filter(author::isCoveredBy)
                      .map(signer -> new Candidate(field, signature, signer)));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import io.tlsrpt.dkim.Authenticity.Authenticated;
import io.tlsrpt.dkim.Authenticity.Unauthenticated;
import io.tlsrpt.dns.WaitingThread;
import io.tlsrpt.message.Field;
import io.tlsrpt.message.RawMail;
import io.tlsrpt.report.DomainName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Believes a mail that bears the DKIM signature of its author's domain, or of one above it: RFC
 * 8460 §3. Signatures of strangers cost no look-up, and one good signature is enough. The reporter
 * is the author's domain, whichever of several signatures survived the way.
 */
public final class DkimAuthenticator implements Authenticator {
  private static final int MAX_SIGNATURES = 8;

  /** No mail on its way from a reporter collects as many. */
  private static final int MAX_FIELDS = 100;

  private final KeyLookup keys;

  DkimAuthenticator(KeyLookup keys) {
    this.keys = keys;
  }

  /**
   * Looks keys up with the resolver that the server has set up for itself.
   *
   * @param known keys that were good before; keys that turn out good are added
   * @param answered called with each {@link Authenticity.Undecided#keyName} when the DNS has
   *     answered, or when its query has ended without an answer
   */
  public static DkimAuthenticator withServersDns(
      KnownKeys known, InstantSource clock, Consumer<String> answered) {
    return new DkimAuthenticator(new CachedKeys(DnsKeys::query, known, clock, answered));
  }

  @Override
  public Authenticity judge(RawMail mail, Instant receivedAt, WaitingThread thread) {
    if (mail.ambiguity().isPresent()) {
      return new Unauthenticated(Fault.FAILED, mail.ambiguity().get());
    }
    List<Field> signatures = mail.header().fields("dkim-signature");
    Author author = Author.of(mail.header());
    if (signatures.isEmpty()) {
      return new Unauthenticated(
          Fault.MISSING, "no DKIM-Signature field; " + Author.describe(author));
    }
    return switch (author) {
      case Author.Unknown unknown ->
          new Unauthenticated(
              Fault.MISALIGNED,
              "the mail has no readable From domain: " + Author.describe(unknown));
      case Author.Known known -> {
        SignedMail signed = new SignedMail(mail);
        yield judge(
            signatures.subList(0, Math.min(signatures.size(), MAX_FIELDS)),
            known,
            signed,
            new SignatureCheck(keys, signed, known, receivedAt, thread));
      }
    };
  }

  private static Authenticity judge(
      List<Field> fields, Author.Known author, SignedMail mail, SignatureCheck check) {
    List<Candidate> candidates = new ArrayList<>();
    Findings findings = new Findings();
    for (Field field : fields) {
      Candidate.of(field, author, mail)
          .ifPresentOrElse(candidates::add, () -> findings.add(unusable(field, author)));
    }
    candidates.sort(Comparator.comparingInt((Candidate one) -> one.covered().size()).reversed());
    for (Candidate candidate : candidates.subList(0, Math.min(candidates.size(), MAX_SIGNATURES))) {
      Authenticity found = check.judge(candidate);
      if (found instanceof Authenticated) {
        return found;
      }
      findings.add(found);
    }
    return findings.closest();
  }

  private static Authenticity unusable(Field field, Author.Known author) {
    return SignatureField.of(field)
        .map(
            signature ->
                new Unauthenticated(
                    Fault.MISALIGNED,
                    "d="
                        + signature.signer().map(DomainName::value).orElse("(no host name)")
                        + " does not answer for the From domain "
                        + author.domain()))
        .orElseGet(
            () ->
                new Unauthenticated(
                    Fault.FAILED,
                    "a DKIM-Signature field of a mail from " + author.domain() + " is malformed"));
  }

  @Override
  public void close() {
    keys.close();
  }

  /**
   * A signature of a domain that answers for the author.
   *
   * @param covered names of the fields that it covers: the signature that covers most is tried
   *     first, since only covered fields can be relied on
   */
  record Candidate(SignatureField signature, DomainName signer, Set<String> covered) {
    Candidate {
      covered = Set.copyOf(covered);
    }

    static Optional<Candidate> of(Field field, Author.Known author, SignedMail mail) {
      return SignatureField.of(field)
          .flatMap(
              signature ->
                  signature
                      .signer()
                      .filter(author::isCoveredBy)
                      .map(signer -> new Candidate(signature, signer, mail.covered(signature))));
    }
  }
}

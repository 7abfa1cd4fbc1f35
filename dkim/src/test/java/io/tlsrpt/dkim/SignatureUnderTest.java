// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import io.tlsrpt.dkim.Authenticity.Authenticated;
import io.tlsrpt.dkim.DkimAuthenticator.Candidate;
import io.tlsrpt.dns.WaitingThread;
import io.tlsrpt.message.RawMail;
import io.tlsrpt.report.DomainName;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Our verdict on one signature alone: neither its domain nor other faults of the mail matter. */
public final class SignatureUnderTest {
  private static final Author.Known ANYBODY = new Author.Known(new DomainName("author.example"));

  private SignatureUnderTest() {}

  /** Whether the topmost signature of a mail is good under one of the keys. */
  public static boolean isGood(byte[] octets, String... keyRecords) {
    RawMail mail = RawMail.of(octets, octets.length);
    List<KeyRecord> keys =
        Arrays.stream(keyRecords).flatMap(record -> KeyRecord.of(record).stream()).toList();
    SignatureCheck check =
        new SignatureCheck(
            (selector, domain, deadline) ->
                keys.isEmpty() ? new KeyAnswer.Unreadable() : new KeyAnswer.Found(keys),
            new SignedMail(mail),
            ANYBODY,
            Instant.EPOCH,
            WaitingThread.SPOOLER);
    Optional<SignatureField> signature =
        mail.header().first("dkim-signature").flatMap(SignatureField::of);
    return signature
        .map(field -> check.judge(new Candidate(field, new DomainName("signer.example"), Set.of())))
        .filter(Authenticated.class::isInstance)
        .isPresent();
  }
}

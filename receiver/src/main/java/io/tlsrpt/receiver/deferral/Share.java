// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.deferral;

import io.tlsrpt.report.DomainName;
import java.util.List;
import java.util.function.Predicate;

/**
 * How many of the mails that wait may be of one kind.
 *
 * @param of what they are, as in "20 mails of a.example"; empty for all mails
 * @param holds which mails are of this kind
 */
record Share(String of, Predicate<DeferredMail> holds, int maxMails, long maxBytes) {
  private static final int MAX_MAILS = 1_000;
  private static final long MAX_BYTES = 256L << 20;

  /** Few, since anybody can send mails that look like those of an organisation. */
  private static final int MAX_UNANSWERED_OF_ONE = 20;

  private static final long MAX_UNANSWERED_BYTES_OF_ONE = 32L << 20;

  /** The shares in which a mail must find a place, the smallest first. */
  static List<Share> of(DeferredMail deferred) {
    Share all = new Share("", any -> true, MAX_MAILS, MAX_BYTES);
    if (deferred.claim().isProven()) {
      // A large reporter sends a mail for each of hundreds of domains within an hour.
      return List.of(ofOne(deferred, Claim::isProven, MAX_MAILS / 2, MAX_BYTES / 2), all);
    }
    Share ofUnproven =
        new Share("unproven senders", any -> !any.claim().isProven(), MAX_MAILS / 2, MAX_BYTES / 2);
    if (deferred.claim() == Claim.UNASKED) {
      return List.of(ofUnproven, all);
    }
    Share ofOne =
        ofOne(
            deferred,
            claim -> claim == Claim.UNANSWERED,
            MAX_UNANSWERED_OF_ONE,
            MAX_UNANSWERED_BYTES_OF_ONE);
    return List.of(ofOne, ofUnproven, all);
  }

  private static Share ofOne(
      DeferredMail deferred, Predicate<Claim> claims, int maxMails, long maxBytes) {
    DomainName organisation = deferred.organisation();
    return new Share(
        organisation.value(),
        other -> other.organisation().equals(organisation) && claims.test(other.claim()),
        maxMails,
        maxBytes);
  }

  boolean isOfAll() {
    return of.isEmpty();
  }

  String full(boolean inNumber) {
    String mails = of.isEmpty() ? "" : " of " + of;
    return inNumber
        ? maxMails + " mails" + mails + " wait already"
        : "more than " + maxBytes + " bytes" + mails + " would wait";
  }
}

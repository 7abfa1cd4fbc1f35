// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.deferral;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.dkim.Authenticity.Authenticated;
import io.tlsrpt.figures.receiver.DeferralReason;
import io.tlsrpt.receiver.deferral.DeferralIndex.First;
import io.tlsrpt.report.DomainName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeferralIndexTest {
  private static final Instant NOW = Instant.parse("2026-06-02T15:00:00Z");

  private final DeferralIndex waiting = new DeferralIndex();

  @Test
  void placesShouldBeBoundedInNumber() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(add(i, deferred(i / 500, Claim.KNOWN, i), 1)).isEmpty();
    }

    assertThat(add(1_000, deferred(0, Claim.KNOWN, 1_000), 1))
        .hasValue("500 mails of o0.example wait already");
    assertThat(add(1_000, deferred(2, Claim.PROVEN, 1_000), 1)).hasValue("1000 mails wait already");
    assertThat(add(1_000, deferred(2, Claim.UNASKED, 1_000), 1))
        .hasValue("1000 mails wait already");
    waiting.remove(digest(7));
    assertThat(add(1_000, deferred(2, Claim.UNASKED, 1_000), 1)).isEmpty();
  }

  @Test
  void oldestShouldComeFirstAndWhatIsSettledNotAtAll() {
    for (int i : new int[] {3, 1, 2, 4}) {
      add(i, deferred(i, Claim.KNOWN, i), 1);
    }
    waiting.settle(digest(2), NOW);
    assertThat(waiting.oldest(2).stream().map(one -> one.deferred().receivedAt()))
        .containsExactly(
            deferred(1, Claim.KNOWN, 1).receivedAt(), deferred(3, Claim.KNOWN, 3).receivedAt());
  }

  @Test
  void reportersShouldNotLockOutOneAnother() {
    for (int i = 0; i < 1_000; i++) {
      add(i, deferred(i / 500, Claim.KNOWN, i), 1);
    }
    for (int i = 0; i < 300; i++) {
      assertThat(add(1_000 + i, deferred(2, Claim.KNOWN, 1_000 + i), 1)).isEmpty();
    }
    for (int i = 0; i < 33; i++) {
      assertThat(add(1_300 + i, deferred(2, Claim.KNOWN, 1_300 + i), 1)).isEmpty();
    }
    assertThat(add(2_000, deferred(2, Claim.KNOWN, 2_000), 1)).hasValue("1000 mails wait already");
    assertThat(add(2_000, deferred(3, Claim.KNOWN, 2_000), 1)).isEmpty();
  }

  @Test
  void placesShouldBeBoundedInSize() {
    add(1, deferred(1, Claim.KNOWN, 1), 128 << 20);
    assertThat(add(2, deferred(1, Claim.KNOWN, 2), 1))
        .hasValue("more than 134217728 bytes of o1.example would wait");
    add(2, deferred(2, Claim.KNOWN, 2), 128 << 20);
    assertThat(add(3, deferred(3, Claim.KNOWN, 3), 1))
        .hasValue("more than 268435456 bytes would wait");
  }

  @Test
  void organisationThatGivesNoAnswerShouldHaveTwentyPlacesAndTheOldestShouldGiveWay() {
    for (int i = 0; i < 20; i++) {
      add(i, deferred(1, Claim.UNANSWERED, i), 1);
    }
    add(99, deferred(2, Claim.UNANSWERED, 0), 1);

    assertThat(givingWay(deferred(1, Claim.UNANSWERED, 20), 1)).containsExactly(digest(0));
    assertThat(givingWay(deferred(1, Claim.UNASKED, 20), 1)).isEmpty();
    assertThat(givingWay(deferred(3, Claim.UNANSWERED, 20), 1)).isEmpty();
  }

  @Test
  void sizeOfUnansweredMailsShouldBeBoundedToo() {
    add(1, deferred(1, Claim.UNANSWERED, 1), 20 << 20);
    add(2, deferred(1, Claim.UNANSWERED, 2), 10 << 20);
    assertThat(givingWay(deferred(1, Claim.UNANSWERED, 3), 3 << 20)).containsExactly(digest(1));
    assertThat(givingWay(deferred(1, Claim.UNANSWERED, 3), 30 << 20))
        .containsExactlyInAnyOrder(digest(1), digest(2));
  }

  @Test
  void unprovenMailsShouldHaveHalfOfThePlaces() {
    for (int i = 0; i < 500; i++) {
      add(i, deferred(i / 20, Claim.UNANSWERED, 1_000 - i), 1);
    }
    assertThat(givingWay(deferred(99, Claim.UNASKED, 2_000), 1)).containsExactly(digest(499));
    assertThat(givingWay(deferred(99, Claim.PROVEN, 2_000), 1)).isEmpty();
    assertThat(givingWay(deferred(99, Claim.KNOWN, 2_000), 1)).isEmpty();
  }

  @Test
  void whatWasAskedInVainShouldGiveWayBeforeWhatWasNotAsked() {
    add(0, deferred(98, Claim.UNASKED, 0), 1);
    for (int i = 1; i < 500; i++) {
      add(i, deferred(i / 20, Claim.UNANSWERED, i), 1);
    }
    assertThat(givingWay(deferred(99, Claim.UNASKED, 2_000), 1)).containsExactly(digest(1));
    // Mails whose key was asked for in vain take no place of mails whose key was not asked for.
    for (int i = 1; i < 500; i++) {
      waiting.remove(digest(i));
      add(i, deferred(i / 20, Claim.UNASKED, i), 1);
    }
    assertThat(waiting.place(deferred(99, Claim.UNANSWERED, 2_000), 1))
        .isEqualTo(new Place.None("500 mails of unproven senders wait already"));
  }

  @Test
  void reporterShouldFindAPlaceHoweverManyStrangersAreThere() {
    for (int i = 0; i < 500; i++) {
      add(i, deferred(i / 20, Claim.UNASKED, i), 1);
      add(500 + i, deferred(100, Claim.PROVEN, i), 1);
    }
    assertThat(givingWay(deferred(200, Claim.KNOWN, 2_000), 1)).containsExactly(digest(0));
    assertThat(givingWay(deferred(200, Claim.PROVEN, 2_000), 1)).containsExactly(digest(0));
    for (int i = 0; i < 500; i++) {
      waiting.remove(digest(i));
      add(i, deferred(200, Claim.KNOWN, i), 1);
    }
    assertThat(givingWay(deferred(201, Claim.KNOWN, 2_000), 1)).containsExactly(digest(500));
    assertThat(waiting.place(deferred(201, Claim.PROVEN, 2_000), 1))
        .isEqualTo(new Place.None("1000 mails wait already"));
    assertThat(waiting.place(deferred(200, Claim.KNOWN, 2_000), 1))
        .isEqualTo(new Place.None("500 mails of o200.example wait already"));
  }

  @Test
  void mailInHandShouldNotGiveWay() {
    for (int i = 0; i < 20; i++) {
      add(i, deferred(1, Claim.UNANSWERED, i), 1);
    }
    assertThat(waiting.takeDue(NOW, First.DUE)).isPresent();
    assertThat(givingWay(deferred(1, Claim.UNANSWERED, 20), 1)).hasSize(1);
    drain(First.DUE);
    assertThat(waiting.place(deferred(1, Claim.UNANSWERED, 20), 1))
        .isEqualTo(new Place.None("20 mails of o1.example wait already"));
  }

  @Test
  void whatIsBackShouldHastenWhatWaitsForIt() {
    DeferredMail authentic =
        new DeferredMail(
            "mail",
            NOW,
            DeferralReason.STORE,
            Optional.of(new Authenticated(new DomainName("mail.o1.example"), Set.of())),
            new DomainName("o1.example"),
            Claim.PROVEN,
            Optional.empty());
    waiting.add(digest(1), deferred(1, Claim.UNANSWERED, 1), 1, NOW.plusSeconds(60));
    waiting.add(digest(2), authentic, 1, NOW.plusSeconds(60));

    waiting.retryNow(DeferralReason.STORE, NOW);
    assertThat(drain(First.DUE)).containsExactly(digest(2));
  }

  @Test
  void answerThatComesWhileAMailIsInHandShouldNotBeMissed() {
    DeferredMail waits =
        new DeferredMail(
            "mail",
            NOW,
            DeferralReason.DNS,
            Optional.empty(),
            new DomainName("o1.example"),
            Claim.UNASKED,
            Optional.of("key"));
    waiting.add(digest(1), waits, 1, NOW);
    assertThat(waiting.takeDue(NOW, First.DUE)).isPresent();
    waiting.retryNow("key", NOW);
    waiting.putBack(digest(1), waits, NOW.plusSeconds(60));
    assertThat(waiting.takeDue(NOW, First.DUE)).hasValue(digest(1));
    waiting.putBack(digest(1), waits, NOW.plusSeconds(60));
    assertThat(waiting.takeDue(NOW, First.DUE)).isEmpty();
  }

  @Test
  void failuresInARowShouldBeCounted() {
    add(1, deferred(1, Claim.PROVEN, 1), 1);
    waiting.putBackAfterFailure(digest(1), deferred(1, Claim.PROVEN, 1), NOW);
    waiting.putBackAfterFailure(digest(1), deferred(1, Claim.PROVEN, 1), NOW);
    assertThat(waiting.get(digest(1)).orElseThrow().failures()).isEqualTo(2);
    waiting.putBack(digest(1), deferred(1, Claim.PROVEN, 1), NOW);
    assertThat(waiting.get(digest(1)).orElseThrow())
        .satisfies(
            entry -> {
              assertThat(entry.failures()).isZero();
              assertThat(entry.tries()).isEqualTo(3);
            });
  }

  @Test
  void noMoreShouldGiveWayThanMust() {
    add(1, deferred(1, Claim.KNOWN, 1), 125 << 20);
    add(2, deferred(2, Claim.KNOWN, 2), 125 << 20);
    add(3, deferred(2, Claim.KNOWN, 3), 1 << 20);
    add(4, deferred(2, Claim.KNOWN, 4), 1 << 20);
    add(5, deferred(3, Claim.PROVEN, 5), 1 << 20);
    // The reporter's own share has room for 10 MiB. All mails together have it only if the largest
    // mail of reporter 2 gives way.
    assertThat(givingWay(deferred(4, Claim.KNOWN, 9), 10 << 20)).containsExactly(digest(2));
  }

  @Test
  void bestClaimOrWhatIsDueLongestShouldComeFirstAndOnlyOnce() {
    waiting.add(digest(1), deferred(1, Claim.KNOWN, 1), 1, NOW);
    waiting.add(digest(2), deferred(1, Claim.UNASKED, 2), 1, NOW.minusSeconds(1));
    waiting.add(digest(3), deferred(1, Claim.KNOWN, 3), 1, NOW.minusSeconds(2));
    waiting.add(digest(4), deferred(1, Claim.UNANSWERED, 4), 1, NOW.minusSeconds(3));
    waiting.add(digest(5), deferred(1, Claim.KNOWN, 5), 1, NOW.plusSeconds(1));

    assertThat(waiting.takeDue(NOW, First.DUE)).hasValue(digest(4));
    assertThat(drain(First.KNOWN)).containsExactly(digest(3), digest(1), digest(2));
    waiting.putBack(digest(2), deferred(1, Claim.UNANSWERED, 2), NOW);
    assertThat(drain(First.DUE, NOW.plusSeconds(1))).containsExactly(digest(2), digest(5));
  }

  @Test
  void clockThatIsSetBackShouldNotStopAnything() {
    waiting.add(digest(1), deferred(1, Claim.UNANSWERED, 1), 1, NOW.plus(Duration.ofDays(365)));

    assertThat(drain(First.KNOWN)).containsExactly(digest(1));
  }

  /** Adds a mail if there is a place; else the answer says why there is none. */
  private Optional<String> add(int number, DeferredMail deferred, long size) {
    return switch (waiting.place(deferred, size)) {
      case Place.None(String why) -> Optional.of(why);
      case Place.Free(List<MailDigest> givingWay) -> {
        givingWay.forEach(waiting::remove);
        waiting.add(digest(number), deferred, size, NOW);
        yield Optional.empty();
      }
    };
  }

  private List<MailDigest> givingWay(DeferredMail deferred, long size) {
    Place place = waiting.place(deferred, size);
    assertThat(place).isInstanceOf(Place.Free.class);
    return ((Place.Free) place).givingWay();
  }

  private List<MailDigest> drain(First first) {
    return drain(first, NOW);
  }

  private List<MailDigest> drain(First first, Instant now) {
    List<MailDigest> taken = new ArrayList<>();
    Optional<MailDigest> next = waiting.takeDue(now, first);
    while (next.isPresent()) {
      taken.add(next.get());
      next = waiting.takeDue(now, first);
    }
    return taken;
  }

  private static DeferredMail deferred(int organisation, Claim claim, int second) {
    return new DeferredMail(
        "mail",
        NOW.plusSeconds(second),
        DeferralReason.DNS,
        Optional.empty(),
        new DomainName("o" + organisation + ".example"),
        claim,
        Optional.empty());
  }

  private static MailDigest digest(int number) {
    byte[] bytes = String.valueOf(number).getBytes(UTF_8);
    return MailDigest.of(bytes, bytes.length);
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.report.DomainName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which MX hosts are ours, over looks, restarts and bad files. */
class OwnHostsTest {
  private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");
  private static final DomainName MX = new DomainName("mx.example.com");
  private static final DomainName BACKUP = new DomainName("mx2.example.com");
  private static final DomainName NAMED = new DomainName("named.example.com");
  private static final DomainName DOMAIN = new DomainName("example.com");
  private static final DomainName HOSTILE = new DomainName("hostile.example");
  private static final Duration APART = Duration.ofMinutes(10);

  @TempDir Path directory;
  private Path file;
  private OwnHosts own;

  @BeforeEach
  void openNew() {
    file = directory.resolve("var/own-mx-hosts");
    own = open(START);
  }

  private OwnHosts open(Instant now) {
    return OwnHosts.keptIn(file, NAMED::equals, now);
  }

  @Test
  void oneLookShouldNotBeEnough() {
    see(Duration.ZERO, MX);

    assertThat(own.names()).isEmpty();
  }

  @Test
  void twoLooksShouldBeTenMinutesApart() {
    see(Duration.ZERO, MX);
    see(APART.minusSeconds(1), MX);
    assertThat(own.names()).isEmpty();

    see(APART, MX);
    assertThat(own.names()).containsExactly(MX);
  }

  @Test
  void lookWithoutItShouldNotEndIt() {
    twoLooks(MX);
    see(Duration.ofDays(1), BACKUP);
    see(Duration.ofDays(35));

    assertThat(own.names()).containsExactly(MX);
  }

  @Test
  void hostShouldBeOursFor35DaysAfterTheLastLook() {
    twoLooks(MX);
    see(Duration.ofDays(8), MX);
    see(Duration.ofDays(43));
    assertThat(own.names()).containsExactly(MX);

    see(Duration.ofDays(44));
    assertThat(own.names()).isEmpty();
  }

  @Test
  void hostThatComesBackShouldNeedOneLook() {
    twoLooks(MX);
    see(Duration.ofDays(50));
    see(Duration.ofDays(51), MX);

    assertThat(own.names()).containsExactly(MX);
  }

  @Test
  void newHostShouldWantASecondLook() {
    assertThat(own.seen(DOMAIN, List.of(MX), START)).isTrue();
    assertThat(own.awaitSecondLook(List.of(BACKUP, MX), START)).isTrue();
    // As after a restart, or by hand: too early to be the second.
    assertThat(own.seen(DOMAIN, List.of(MX), START.plusSeconds(60))).isTrue();

    assertThat(own.seen(DOMAIN, List.of(MX), START.plus(APART))).isFalse();
    assertThat(own.awaitSecondLook(List.of(BACKUP, MX), START.plus(APART))).isFalse();
  }

  /** It has moved elsewhere, and nobody waits for it all day. */
  @Test
  void hostThatIsNotSeenAgainShouldNotBeAwaitedForLong() {
    see(Duration.ZERO, MX);
    Instant later = START.plus(Duration.ofHours(1));

    assertThat(own.seen(DOMAIN, List.of(), later)).isFalse();
    assertThat(own.awaitSecondLook(List.of(MX), later)).isFalse();
  }

  /** A hundred days ahead, one look, and back. */
  @Test
  void clockThatWasAheadShouldTakeNothingAway() {
    twoLooks(MX, BACKUP);
    see(Duration.ofDays(100), BACKUP);
    see(Duration.ofDays(1), BACKUP);

    assertThat(own.names()).containsExactlyInAnyOrder(MX, BACKUP);
    own = open(START.plus(Duration.ofDays(1)));
    assertThat(own.names()).containsExactlyInAnyOrder(MX, BACKUP);
  }

  @Test
  void clockThatWasSetBackShouldNotTakeAwayWhatIsOurs() {
    twoLooks(MX);
    see(Duration.ofHours(-2), MX);

    assertThat(own.names()).containsExactly(MX);
  }

  @Test
  void restartShouldChangeNothing() {
    twoLooks(MX, BACKUP);
    own = open(START);
    assertThat(own.names()).containsExactlyInAnyOrder(MX, BACKUP);

    see(Duration.ofDays(34));
    assertThat(own.names()).containsExactlyInAnyOrder(MX, BACKUP);
  }

  @Test
  void fileShouldKnowWhenAHostWasLastSeen() {
    twoLooks(MX);
    for (int day = 1; day < 20; day++) {
      see(Duration.ofDays(day), MX);
    }
    own = open(START);
    see(Duration.ofDays(50));

    assertThat(own.names()).containsExactly(MX);
  }

  @Test
  void nothingShouldBeWrittenWhileNothingChanges() throws IOException {
    twoLooks(MX);
    Files.delete(file);
    see(APART.plusMinutes(10), MX);
    assertThat(file).doesNotExist();

    see(APART.plusHours(12), MX);
    assertThat(file)
        .hasContent("mx.example.com 2026-11-24T12:00:00Z 2026-11-25T00:10:00Z example.com");
  }

  @Test
  void clockThatWasSetBackShouldBeginAnew() {
    see(Duration.ofHours(1), MX);
    see(Duration.ZERO, MX);
    see(Duration.ofMinutes(9), MX);
    assertThat(own.names()).isEmpty();

    see(APART, MX);
    assertThat(own.names()).containsExactly(MX);
  }

  @Test
  void linesThatCannotBeReadShouldBeLeftOut() throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        """
        mx.example.com 2026-11-24T12:00:00Z 2026-11-24T12:30:00Z
        mx2.example.com
        mx3.example.com yesterday today
        \u0000 2026-11-24T12:00:00Z 2026-11-24T12:30:00Z
        mx4.example.com 2026-11-24T12:00:00Z 2026-11-24T12:05:00Z

        """);

    own = open(START);
    assertThat(own.names()).containsExactly(MX);
  }

  @Test
  void fileThatCannotBeReadOrWrittenShouldNotKeepHostsFromBeingOurs() throws IOException {
    Files.createDirectories(file.resolve("a directory in its place"));

    own = open(START);
    twoLooks(MX);
    assertThat(own.names()).containsExactly(MX);
  }

  @Test
  void writingShouldBeTriedAgainAtTheNextLook() throws IOException {
    see(Duration.ZERO, MX);
    Files.delete(file);
    Files.createDirectories(file.resolve("a directory in its place"));
    see(APART, MX);
    Files.delete(file.resolve("a directory in its place"));
    Files.delete(file);
    see(APART.plusMinutes(1), MX);

    assertThat(open(START).names()).containsExactly(MX);
  }

  /** Whoever owns a domain can name new hosts with each look. */
  @Test
  void ownerOfADomainShouldNotKeepOutOthers() {
    twoLooks(MX);
    for (int round = 0; round < 100; round++) {
      Duration at = APART.plusMinutes(12L * round);
      sees(HOSTILE, "h" + round, at);
      sees(HOSTILE, "h" + round, at.plus(APART));
    }

    assertThat(own.names()).contains(MX).hasSize(1 + OwnHosts.MOST_OF_A_DOMAIN);
    Duration later = APART.plusMinutes(2_000);
    see(later, MX, BACKUP);
    see(later.plus(APART), MX, BACKUP);
    assertThat(own.names()).contains(MX, BACKUP);
  }

  @Test
  void ownersOfManyDomainsShouldNotKeepOutWhatTheAdministratorNames() {
    for (int i = 0; i < 30; i++) {
      DomainName domain = new DomainName("d" + i + ".example");
      sees(domain, "h" + i, Duration.ZERO);
      sees(domain, "h" + i, APART);
    }
    assertThat(own.names()).hasSize(OwnHosts.MOST);

    twoLooks(MX, NAMED);
    assertThat(own.names()).as("all places are taken").doesNotContain(MX).contains(NAMED);
  }

  @Test
  void hostsThatWereSeenOnceShouldGiveWay() {
    for (int i = 0; i < 30; i++) {
      sees(new DomainName("d" + i + ".example"), "h" + i, Duration.ZERO);
    }
    twoLooks(MX);

    assertThat(own.names()).containsExactly(MX);
  }

  /** Else the hostile domain could name ours first, and then push it out. */
  @Test
  void hostOfSeveralDomainsShouldNotGiveWay() {
    boolean unused = own.seen(HOSTILE, List.of(MX), START);
    twoLooks(MX);
    for (int round = 0; round < 10; round++) {
      sees(HOSTILE, "h" + round, APART.plusMinutes(12L * round));
    }

    assertThat(own.names()).containsExactly(MX);
  }

  private void sees(DomainName domain, String prefix, Duration sinceStart) {
    boolean unused =
        own.seen(
            domain,
            IntStream.range(0, OwnHosts.MOST_OF_A_DOMAIN)
                .mapToObj(i -> new DomainName(prefix + "-" + i + ".example.net"))
                .toList(),
            START.plus(sinceStart));
  }

  private void twoLooks(DomainName... hosts) {
    see(Duration.ZERO, hosts);
    see(APART, hosts);
  }

  private void see(Duration sinceStart, DomainName... hosts) {
    boolean unused = own.seen(DOMAIN, List.of(hosts), START.plus(sinceStart));
  }
}

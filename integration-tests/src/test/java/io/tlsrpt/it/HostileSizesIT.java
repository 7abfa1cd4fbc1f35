// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.it.ReportMail.Form;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Mails that nobody signed and that are meant to cost CPU or heap, at a real James 3.8 with 1 GiB:
 * what is done before a signature is looked at must be linear in the mail, and small.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HostileSizesIT {
  private static final int MIB = 1 << 20;
  private static final int LARGE = 15_400_000;
  private static final int RUNS = 4;

  /** Threads of James' spooler. */
  private static final int SPOOLER = 20;

  private static HostileJames james;

  @BeforeAll
  static void start() {
    james = HostileJames.start("james-hostile-sizes", "example.com");
  }

  @AfterAll
  static void stop() {
    james.close();
  }

  /** A kind of 1.0.0's faults, of which one mail of 1 MiB cost eighty times the usual one. */
  @Test
  @Order(1)
  void hostileMailShouldCostAboutWhatAUsualOneCosts() {
    Map<HostileSize, Long> costs = new EnumMap<>(HostileSize.class);
    Map<HostileSize, Long> withoutUs = new EnumMap<>(HostileSize.class);
    for (int run = 0; run < RUNS; run++) {
      for (HostileSize kind : HostileSize.SEARCHES) {
        byte[] mail = kind.mail(MIB);
        withoutUs.merge(kind, cpu(() -> james.pass(mail)), Math::min);
        costs.merge(
            kind,
            cpu(() -> assertThat(james.judge(mail)).as(kind.name()).isIn("limit", "not-a-report")),
            Math::min);
      }
    }
    System.out.println(
        "CPU of James for 1 MiB, in ms: " + costs + "; of that without us: " + withoutUs);
    long usual = costs.getOrDefault(HostileSize.USUAL, 0L);

    // James itself reads mails line by line: short lines cost it more, and that is not ours.
    assertThat(costs)
        .allSatisfy(
            (kind, cost) ->
                assertThat(cost - withoutUs.getOrDefault(kind, 0L))
                    .as(kind.name())
                    .isLessThan(5 * usual));
  }

  private static long cpu(Runnable work) {
    long before = james.cpu();
    work.run();
    return james.cpu() - before;
  }

  /** The smallest lines that are a field each: 1.0.0 kept an object of each of five millions. */
  @ParameterizedTest
  @EnumSource(
      names = {"PART_HEADER_OF_NOTHING", "PART_HEADER_WITHOUT_END", "PART_HEADER_OF_ONE_FIELD"})
  @Order(2)
  void headersOfBodyPartsShouldNotFillTheHeap(HostileSize kind) {
    byte[] mail = kind.mail(LARGE);

    assertThat(james.judge(3, () -> james.sendAtOnce(mail, 3)))
        .containsExactly("limit", "limit", "limit");
  }

  @Test
  @Order(3)
  void manyLargeReportsOfAMailShouldNotFillTheHeap() {
    long before = rejected("limit");
    byte[] mail = BombMail.MANY_REPORTS.by(james.signer("bomber.example"));

    james.sendAtOnce(mail, SPOOLER);

    Waiting.until(
        Duration.ofMinutes(2),
        "all are judged",
        () ->
            rejected("unknown-domain") == SPOOLER
                && rejected("limit") - before == (long) SPOOLER * (BombMail.REPORTS - 1));
  }

  @Test
  @Order(4)
  void smallMailsThatHoldMuchShouldTakeTurns() {
    long before = rejected("unknown-domain");
    byte[] mail = BombMail.COMPRESSED_TWICE.by(james.signer("bomber.example"));

    james.sendAtOnce(mail, SPOOLER);

    Waiting.until(
        Duration.ofMinutes(3),
        "all are judged",
        () -> rejected("unknown-domain") - before == SPOOLER);
  }

  private static long rejected(String reason) {
    return james.jmx().counts(HostileJames.RECEIVER, "RejectionsByReason").getOrDefault(reason, 0L);
  }

  @Test
  @Order(5)
  void jamesShouldBeAliveAfterwards() {
    String report =
        new ReportMail("reporter.example", "example.com")
            .of(
                Form.MULTIPART_GZIP,
                """
                {"report-id": "1", "policies": [{
                  "policy": {"policy-type": "sts", "policy-domain": "example.com"},
                  "summary": {"total-successful-session-count": 5}}]}
                """);

    assertThat(james.judge(james.signer("reporter.example").sign(report))).isEqualTo("accepted");
    assertThat(james.number("example.com", "SuccessfulSessions")).isEqualTo(5);
    assertThat(james.log()).doesNotContain("OutOfMemoryError");
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tlsrpt.dkim.SignatureUnderTest;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Our verification and three other implementations of DKIM judge signed mails alike, whether
 * unchanged or changed, and whether a peer or the test has signed them. To repeat one mail: {@code
 * -Ddkim.seed=4711 -Ddkim.mails=1}.
 */
@Tag("slow")
class PeersTest {
  /** How many mails are made. Peers refuse to sign some of them, but more than 10,000 remain. */
  private static final int ENOUGH = 12_000;

  private static final int MAILS = Integer.getInteger("dkim.mails", ENOUGH);
  private static final long FIRST_SEED = Long.getLong("dkim.seed", 0);
  private static final int BATCH = 500;

  private static final Ours OURS = SignatureUnderTest::isGood;

  private static List<SigningPeer> peers = List.of();

  @BeforeAll
  static void start() throws Exception {
    boolean installed = PythonPeer.areInstalled();
    if (Boolean.parseBoolean(System.getenv("CI"))) {
      assertThat(installed).as("python3-dkim, python3-nacl, libopendkim11 are installed").isTrue();
    }
    assumeTrue(installed, "python3-dkim, python3-nacl or libopendkim11 is not installed");
    peers = List.of(PythonPeer.dkimpy(), PythonPeer.openDkim(), new JdkimPeer());
  }

  @AfterAll
  static void stop() {
    peers.forEach(Peer::close);
  }

  @Test
  void allShouldJudgeAlike() throws Exception {
    Cases cases = new Cases(Keys.generate(), peers);
    Tally tally = new Tally();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      Comparison comparison = new Comparison(OURS, peers, threads, tally);
      for (int done = 0; done < MAILS; done += BATCH) {
        comparison.of(cases.of(FIRST_SEED + done, Math.min(BATCH, MAILS - done)));
      }
    }
    assertThat(tally.failures()).as(tally.toString()).isEmpty();
    if (MAILS >= ENOUGH) {
      assertThat(tally.mails()).isGreaterThan(10_000);
      // If something was never seen, too little was compared or a known difference is gone.
      assertThat(tally.neverSeen()).as(tally.toString()).isEmpty();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tlsrpt.checks.connections.DialogueLimits;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.posture.CheckState;
import io.tlsrpt.figures.posture.CheckStatus;
import io.tlsrpt.figures.posture.DomainCheck;
import io.tlsrpt.figures.posture.MxCheck;
import io.tlsrpt.testing.tls.HttpResponse;
import io.tlsrpt.testing.tls.LoopbackServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** Where looks connect to: owners of domains choose the names, and are strangers. */
@Tag("slow")
@Timeout(120)
@ExtendWith(NothingLeft.class)
class TargetsOfLooksTest {
  private static final String OTHER = "127.0.0.2";
  private static final int LOOKS = 10;

  /** No host is there, or it is this machine's own affair that it answers in no time. */
  private static final DialogueLimits HASTY =
      new DialogueLimits(Duration.ofSeconds(3), Duration.ofSeconds(20));

  @Test
  void onlyTheAddressThatWasJudgedShouldBeConnectedTo() throws Exception {
    try (World world = new World(World.PATIENT, "127.0.0.1");
        ServerSocketChannel other = listen(world.policyHost.port())) {
      Lookup.setDefaultResolver(new Rebinding(world));

      for (int i = 0; i < LOOKS; i++) {
        world.look();
      }

      assertThat(world.policyHost.connections()).isEqualTo(LOOKS / 2);
      assertThat(other.accept()).as("a connection to the other address").isNull();
      CheckState.Looked last = world.posture().check(DomainCheck.MTA_STS).last();
      assertThat(last.seen().faults())
          .singleElement()
          .asString()
          .startsWith("the DNS of this server gives the policy host the address 127.0.0.2 (");
    }
  }

  /** On some systems only one address of the loopback can be used. */
  private static ServerSocketChannel listen(int port) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.bind(new InetSocketAddress(InetAddress.getByName(OTHER), port));
    } catch (IOException e) {
      channel.close();
      assumeTrue(false, OTHER + " cannot be used");
    }
    channel.configureBlocking(false);
    return channel;
  }

  /** As soon as one address of the policy host was told, there is another. */
  private static final class Rebinding extends SimpleResolver {
    private final World world;
    private int told;

    Rebinding(World world) {
      super(new InetSocketAddress(InetAddress.getLoopbackAddress(), world.dns.port()));
      this.world = world;
    }

    @Override
    public CompletionStage<Message> sendAsync(Message query) {
      return super.sendAsync(query).thenApply(answer -> rebind(query, answer));
    }

    private Message rebind(Message query, Message answer) {
      Name name = query.getQuestion().getName();
      if (name.toString(true).equals(World.POLICY_HOST)
          && query.getQuestion().getType() == Type.A) {
        told++;
        world.dns.serve(World.POLICY_HOST, Type.A, told % 2 == 0 ? "127.0.0.1" : OTHER);
      }
      return answer;
    }
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1", "169.254.169.254", "10.0.0.5", "192.168.1.1", "0.0.0.0"})
  void insideShouldNeverBeConnectedToWithoutLeave(String inside) throws Exception {
    try (World world = new World(World.PATIENT)) {
      world.dns.serve(World.POLICY_HOST, Type.A, inside);
      world.dns.serve(World.DOMAIN.value(), Type.MX, "10 mx2.example.org.");
      world.dns.serve("mx2.example.org", Type.A, inside);

      world.look();
      world.look();

      assertThat(world.policyHost.connections()).isZero();
      assertThat(world.mx.connections()).isZero();
      CheckState policy = world.posture().check(DomainCheck.MTA_STS);
      CheckState host = world.host().check(MxCheck.STARTTLS);
      assertThat(policy.status()).isEqualTo(CheckStatus.UNKNOWN);
      assertThat(host.status()).isEqualTo(CheckStatus.UNKNOWN);
      assertThat(policy.findings().getFirst()).contains(inside).contains("checkNetworks");
      assertThat(host.findings().getFirst()).contains(inside).contains("checkNetworks");
    }
  }

  @Test
  void redirectShouldNotBeFollowed() throws Exception {
    try (World world = new World(World.PATIENT, "127.0.0.0/8");
        LoopbackServer elsewhere = LoopbackServer.start(connection -> {})) {
      world.policyHost.answer(HttpResponse.redirect("http://127.0.0.1:" + elsewhere.port() + "/"));

      world.look();
      world.look();

      assertThat(elsewhere.connections()).isZero();
      assertThat(world.policyHost.connections()).isEqualTo(2);
    }
  }

  @Test
  void hostThatIsNotReachedShouldBeAFaultOnlyIfOthersAre() throws Exception {
    try (World world = new World(HASTY, "127.0.0.0/8")) {
      world.dns.serve(World.POLICY_HOST, Type.A, OTHER);
      world.look();
      world.pass(Duration.ofDays(7));

      CheckState state = world.posture().check(DomainCheck.MTA_STS);
      assertThat(state.status()).isEqualTo(CheckStatus.UNKNOWN);
      assertThat(state.shown().kinds()).containsExactly(FailureKind.STS_POLICY_FETCH_ERROR);
      assertThat(state.findings()).containsExactly(OpenDoors.closed(OpenDoors.Door.HTTPS));
      assertThat(world.told).isEmpty();

      world.dns.serve(World.POLICY_HOST, Type.A, "127.0.0.1");
      world.look();
      world.dns.serve(World.POLICY_HOST, Type.A, OTHER);
      world.look();
      assertThat(world.told).isEmpty();
      world.pass(Duration.ofMinutes(17));

      assertThat(world.posture().check(DomainCheck.MTA_STS).status())
          .isEqualTo(CheckStatus.FAILING);
      assertThat(world.told).hasSize(1);
    }
  }
}

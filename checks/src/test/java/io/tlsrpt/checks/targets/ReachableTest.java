// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.targets;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReachableTest {
  private static final Reachable NOTHING_NAMED = new Reachable(List.of(), List.of(), List.of());

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,             a loopback address",
    "127.255.255.254,       a loopback address",
    "::1,                   a loopback address",
    "::ffff:127.0.0.1,      a loopback address",
    "0.0.0.0,               no address of a host",
    "0.1.2.3,               no address of a host",
    "::,                    no address of a host",
    "169.254.0.1,           a link-local address",
    // Where clouds keep the secrets of their machines.
    "169.254.169.254,       a link-local address",
    "fe80::1,               a link-local address",
    "febf::1,               a link-local address",
    "10.0.0.1,              a private address",
    "10.255.255.255,        a private address",
    "172.16.0.1,            a private address",
    "172.31.255.254,        a private address",
    "192.168.0.1,           a private address",
    "100.64.0.1,            a private address",
    "100.127.255.254,       a private address",
    "::ffff:192.168.0.1,    a private address",
    "fc00::1,               a private address",
    "fd12:3456::1,          a private address",
    "192.0.0.8,             a reserved address",
    "192.0.2.1,             a reserved address",
    "198.51.100.1,          a reserved address",
    "203.0.113.1,           a reserved address",
    "198.18.0.1,            a reserved address",
    "198.19.255.254,        a reserved address",
    "192.88.99.1,           a reserved address",
    "240.0.0.1,             a reserved address",
    "255.255.255.255,       a reserved address",
    "224.0.0.1,             a multicast address",
    "239.255.255.255,       a multicast address",
    "ff02::1,               a multicast address",
    "2001::1,               a reserved address",
    "2001:0:102:304::,      a reserved address",
    "2001:2::1,             a reserved address",
    "2001:20::1,            a reserved address",
    "2001:db8::1,           a reserved address",
    "3fff:0:1::1,           a reserved address",
    "100::1,                a reserved address",
    "::8.8.8.8,             a reserved address",
    "fec0::1,               a reserved address",
    "4000::1,               a reserved address",
    "64:ff9b:1::8.8.8.8,    a reserved address",
    "2002:a00:1::1,         a private address",
    "2002:7f00:1::1,        a loopback address",
    "64:ff9b::10.0.0.1,     a private address",
    "64:ff9b::169.254.169.254, a link-local address",
  })
  void addressThatIsNotPublicShouldBeRefused(String address, String why) throws Exception {
    assertThat(NOTHING_NAMED.refusal(address(address))).contains(why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.1",
        "169.253.255.255",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "192.167.255.255",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "::ffff:8.8.8.8",
        "2001:200::1",
        "2001:4860:4860::8888",
        "2a00::1",
        "2002:808:808::1",
        "64:ff9b::8.8.8.8"
      })
  void publicAddressShouldBeReachable(String address) throws Exception {
    assertThat(NOTHING_NAMED.refusal(address(address))).isEmpty();
  }

  @Test
  void ownAddressShouldBeReachableUnlessItIsTheLoopback() throws Exception {
    InetAddress own = address("10.0.0.5");
    Reachable reachable =
        new Reachable(
            List.of(own, address("fd00::5"), address("127.0.0.1"), address("::1")),
            List.of(),
            List.of());

    assertThat(reachable.refusal(own)).isEmpty();
    assertThat(reachable.isOwn(own)).isTrue();
    assertThat(reachable.refusal(address("fd00::5"))).isEmpty();
    assertThat(reachable.refusal(address("10.0.0.6"))).isPresent();
    assertThat(reachable.refusal(address("127.0.0.1"))).isPresent();
    assertThat(reachable.refusal(address("::1"))).isPresent();
    assertThat(reachable.isOwn(address("127.0.0.1"))).isFalse();
  }

  @Test
  void whatTheAdministratorNamesShouldBeReachable() throws Exception {
    Reachable reachable =
        new Reachable(
            List.of(),
            List.of(network("10.1.0.0/16"), network("fd00::/8"), network("192.168.7.7")),
            List.of(address("127.0.0.1")));

    assertThat(reachable.refusal(address("10.1.255.1"))).isEmpty();
    assertThat(reachable.refusal(address("10.2.0.1"))).isPresent();
    assertThat(reachable.refusal(address("fd99::1"))).isEmpty();
    assertThat(reachable.refusal(address("192.168.7.7"))).isEmpty();
    assertThat(reachable.refusal(address("192.168.7.8"))).isPresent();
    assertThat(reachable.isOwn(address("10.1.255.1"))).isFalse();
    // As in a container: the MX host is this very machine.
    assertThat(reachable.refusal(address("127.0.0.1"))).isEmpty();
    assertThat(reachable.isOwn(address("127.0.0.1"))).isTrue();
  }

  @Test
  void ownAddressesShouldBeThoseOfTheInterfaces() throws Exception {
    assertThat(Reachable.own()).noneMatch(InetAddress::isLoopbackAddress);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mx.example.com",
        "MX.Example.Com.",
        "mx_1.example.com",
        "_a.b.example",
        "mx.xn--p1ai"
      })
  void nameWithADotShouldBeATarget(String name) {
    assertThat(Reachable.target(name)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "localhost",
        "mx",
        "192.0.2.1",
        "192.0.2.1.",
        "[192.0.2.1]",
        "2001:db8::1",
        "1.2.3",
        "mx.example.1",
        "mx.example_com",
        "mx..example.com",
        "mx example.com",
        "*.example.com",
        "mx.example.com:25"
      })
  void otherTextShouldBeNoTarget(String name) {
    assertThat(Reachable.target(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/8",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/+8",
        "10.1.0.0/8",
        "10.0.0/8",
        "fd00::/129",
        "fd00::1/8",
        "fe80::1%eth0",
        "example.com",
        "example.com/8",
        "010.0.0.1"
      })
  void otherTextShouldBeNoNetwork(String written) {
    assertThat(Network.parse(written)).isEmpty();
  }

  @Property
  void anyAddressShouldBeJudged(
      @ForAll @Size(4) byte[] ipv4, @ForAll @Size(16) byte[] ipv6, @ForAll String text)
      throws Exception {
    assertThat(NOTHING_NAMED.refusal(InetAddress.getByAddress(ipv4))).isNotNull();
    assertThat(NOTHING_NAMED.refusal(InetAddress.getByAddress(ipv6))).isNotNull();
    assertThat(Reachable.target(text)).isNotNull();
    assertThat(Network.parse(text)).isNotNull();
  }

  /** Literals only: nothing is looked up. */
  private static InetAddress address(String literal) throws UnknownHostException {
    return InetAddress.getByName(literal);
  }

  private static Network network(String written) {
    Optional<Network> network = Network.parse(written);
    assertThat(network).isPresent();
    return network.orElseThrow();
  }
}

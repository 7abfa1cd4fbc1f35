// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.checks.dns.Answer.Absent;
import io.tlsrpt.checks.dns.Answer.Bogus;
import io.tlsrpt.checks.dns.Answer.Found;
import io.tlsrpt.checks.records.TlsaRecord;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.testing.DnsServer;
import io.tlsrpt.testing.DnsServer.Mood;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** Where mail goes, and what the hosts there publish. */
class MailQuestionsTest {
  private static final DomainName DOMAIN = new DomainName("example.com");
  private static final DomainName HOST = new DomainName("mx.example.com");
  private static final DomainName END = new DomainName("mx.example.net");
  private static final String ONE = "11".repeat(32);
  private static final String TWO = "22".repeat(32);

  private final DnsServer dns = DnsServer.start();
  private final Questions questions = new Questions(InstantSource.fixed(Instant.EPOCH));

  @BeforeEach
  void use() {
    dns.useInThisProcess();
  }

  @AfterEach
  void stop() {
    dns.close();
  }

  @Test
  void hostsShouldBeSortedAndEachBeThereOnce() {
    dns.zone("example.com").setSecure(true);
    dns.serve(
        "example.com",
        Type.MX,
        "20 mx3.example.com.",
        "10 MX2.example.com.",
        "10 mx1.example.com.",
        "30 mx1.example.com.",
        "0 .",
        "40 192.0.2.1.");

    MailHosts.Hosts hosts = (MailHosts.Hosts) questions.mx(DOMAIN);

    assertThat(hosts.hosts())
        .hasToString("[10 mx1.example.com, 10 mx2.example.com, 20 mx3.example.com, 40 192.0.2.1]");
    assertThat(hosts.secure()).isTrue();
    assertThat(hosts.implicit()).isFalse();
    assertThat(hosts.more()).isZero();
  }

  @Test
  void hostsBeyondTheLimitShouldBeCounted() {
    dns.serve(
        "example.com",
        Type.MX,
        IntStream.range(0, 23)
            .mapToObj(i -> i + " mx" + i + ".example.com.")
            .toArray(String[]::new));

    MailHosts.Hosts hosts = (MailHosts.Hosts) questions.mx(DOMAIN);

    assertThat(hosts.hosts()).hasSize(20).startsWith(new MailHost(0, "mx0.example.com"));
    assertThat(hosts.more()).isEqualTo(3);
  }

  @Test
  void nameOfAHostShouldBeSafeToShow() {
    dns.serve("example.com", Type.MX, "10 \\001<b>\\.\\200.example.com.");

    MailHosts.Hosts hosts = (MailHosts.Hosts) questions.mx(DOMAIN);

    assertThat(hosts.hosts().getFirst().name()).isEqualTo("\\001\\u003cb>\\.\\200.example.com");
    assertThat(hosts.hosts().getFirst().host()).isEmpty();
  }

  @Test
  void domainWithoutMxShouldBeItsOwnHost() {
    dns.serve("example.com", Type.A, "192.0.2.1");

    assertThat(questions.mx(DOMAIN))
        .isEqualTo(new MailHosts.Hosts(List.of(new MailHost(0, "example.com")), 0, true, false));
  }

  @Test
  void domainWithANullMxOrNoneAtAllShouldHaveNoMail() {
    assertThat(questions.mx(DOMAIN)).isEqualTo(new MailHosts.NoMail(false));

    dns.serve("example.com", Type.MX, "0 .");

    assertThat(questions.mx(DOMAIN)).isEqualTo(new MailHosts.NoMail(false));
  }

  @Test
  void bogusMxShouldBeTold() {
    dns.zone("example.com").setBogus(6, "");

    assertThat(questions.mx(DOMAIN)).isEqualTo(new MailHosts.Bogus("DNSSEC bogus"));
  }

  @Test
  void addressesShouldBeSomeOfBothFamilies() throws Exception {
    dns.serve("mx.example.com", Type.A, "192.0.2.9", "192.0.2.1", "192.0.2.5", "192.0.2.7");
    dns.serve("mx.example.com", Type.AAAA, "2001:db8::2", "2001:db8::1");

    Found<InetAddress> found = (Found<InetAddress>) questions.addresses(HOST);

    assertThat(found.records())
        .containsExactly(
            InetAddress.getByName("192.0.2.1"),
            InetAddress.getByName("2001:db8::1"),
            InetAddress.getByName("192.0.2.5"),
            InetAddress.getByName("2001:db8::2"));
    assertThat(found.more()).isEqualTo(2);
  }

  @Test
  void addressesShouldBeSecureIfBothAnswersAre() {
    dns.serve("mx.example.com", Type.CNAME, "mx.example.net.");
    dns.serve("mx.example.net", Type.AAAA, "2001:db8::1");
    dns.setSecure(true);

    Found<InetAddress> found = (Found<InetAddress>) questions.addresses(HOST);

    assertThat(found.records()).hasSize(1);
    assertThat(found.secure()).isTrue();
    assertThat(found.owner()).isEqualTo("mx.example.net");

    dns.zone("example.net").setSecure(false);

    assertThat(questions.addresses(HOST).isSecure()).isFalse();
  }

  @Test
  void hostWithoutAddressShouldBeTold() {
    assertThat(questions.addresses(HOST)).isEqualTo(new Absent<InetAddress>(false, false));

    dns.serveText("mx.example.com", "here");

    assertThat(questions.addresses(HOST)).isEqualTo(new Absent<InetAddress>(false, true));
    assertThat(dns.queries(Type.AAAA)).isEqualTo(2);
  }

  @Test
  void tlsaRecordsShouldBeThoseOfPort25() {
    dns.setSecure(true);
    dns.serve("mx.example.com", Type.A, "192.0.2.1");
    dns.serve("_25._tcp.mx.example.com", Type.TLSA, "3 1 1 " + TWO, "2 0 1 " + ONE);

    TlsaAnswer answer = tlsa();

    assertThat(answer.base()).isEqualTo(HOST);
    assertThat(answer.records().isSecure()).isTrue();
    assertThat(answer.records().recordsOrNone())
        .containsExactly(new TlsaRecord(2, 0, 1, ONE), new TlsaRecord(3, 1, 1, TWO));
  }

  @Test
  void tlsaRecordsBeyondTheLimitShouldBeCounted() {
    dns.serve("mx.example.com", Type.A, "192.0.2.1");
    dns.serve(
        "_25._tcp.mx.example.com",
        Type.TLSA,
        IntStream.range(10, 32)
            .mapToObj(i -> "3 1 1 " + (i + "").repeat(32))
            .toArray(String[]::new));

    Found<TlsaRecord> found = (Found<TlsaRecord>) tlsa().records();

    assertThat(found.records()).hasSize(20);
    assertThat(found.more()).isEqualTo(2);
  }

  @Test
  void endOfASecureAliasShouldBeAskedFirst() {
    dns.setSecure(true);
    alias();
    dns.serve("_25._tcp.mx.example.com", Type.TLSA, "3 1 1 " + ONE);
    dns.serve("_25._tcp.mx.example.net", Type.TLSA, "3 1 1 " + TWO);

    assertThat(tlsa().base()).isEqualTo(END);
    assertThat(tlsa().records().recordsOrNone()).containsExactly(new TlsaRecord(3, 1, 1, TWO));

    dns.forget("_25._tcp.mx.example.net");

    assertThat(tlsa().base()).isEqualTo(HOST);
    assertThat(tlsa().records().recordsOrNone()).containsExactly(new TlsaRecord(3, 1, 1, ONE));
  }

  @Test
  void endOfAnAliasThatIsNotSecureShouldNotBeAsked() {
    alias();
    dns.serve("_25._tcp.mx.example.net", Type.TLSA, "3 1 1 " + TWO);

    assertThat(tlsa()).isEqualTo(new TlsaAnswer(HOST, new Absent<>(false, false)));
    assertThat(dns.queries(Type.TLSA)).isEqualTo(1);
  }

  @Test
  void troubleAtTheEndOfAnAliasShouldNotBePassedOver() {
    dns.setSecure(true);
    alias();
    dns.serve("_25._tcp.mx.example.com", Type.TLSA, "3 1 1 " + ONE);
    dns.zone("_25._tcp.mx.example.net").setBogus(9, "");

    assertThat(tlsa()).isEqualTo(new TlsaAnswer(END, new Bogus<>("DNSKEY missing")));

    dns.zone("_tcp.mx.example.net").setMood(Mood.SERVFAIL);
    dns.zone("_25._tcp.mx.example.net").setMood(Mood.SERVFAIL);

    assertThat(tlsa()).isEqualTo(new TlsaAnswer(END, new Answer.Unavailable<>("SERVFAIL")));
  }

  private void alias() {
    dns.serve("mx.example.com", Type.CNAME, "mx.example.net.");
    dns.serve("mx.example.net", Type.A, "192.0.2.1");
  }

  private TlsaAnswer tlsa() {
    return questions.tlsa(HOST, questions.addresses(HOST));
  }
}

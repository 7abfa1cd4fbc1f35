// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tlsrpt.checks.dns.Answer.Absent;
import io.tlsrpt.checks.dns.Answer.Bogus;
import io.tlsrpt.checks.dns.Answer.Found;
import io.tlsrpt.checks.records.TlsaRecord;
import io.tlsrpt.report.DomainName;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What our questions make of the answers of a resolver that really validates. */
@Tag("slow")
class ValidatingResolverTest {
  private static final DomainName SECURE = new DomainName("secure.example");
  private static final DomainName PLAIN = new DomainName("plain.example");
  private static final DomainName EXPIRED = new DomainName("expired.example");
  private static final DomainName EARLY = new DomainName("early.example");
  private static final DomainName STRIPPED = new DomainName("stripped.example");
  private static final String DIGEST = "ab".repeat(32);

  @TempDir static Path directory;

  private static Unbound resolver;

  private final Questions questions = new Questions(InstantSource.system());

  @BeforeAll
  static void start() throws Exception {
    boolean installed = Unbound.isInstalled() && SignedZone.canSign();
    if (Boolean.parseBoolean(System.getenv("CI"))) {
      assertThat(installed).as("unbound and ldnsutils are installed").isTrue();
    }
    assumeTrue(installed, "Debian's packages unbound and ldnsutils are not installed");
    String mail = "@ IN MX 10 mx\nmx IN A 192.0.2.1\n_25._tcp.mx IN TLSA 3 1 1 " + DIGEST;
    resolver =
        Unbound.start(
            directory,
            List.of(
                SignedZone.unsigned(directory, "."),
                SignedZone.signed(directory, "com."),
                SignedZone.signed(
                    directory,
                    "secure.example.",
                    mail,
                    "_smtp._tls IN TXT \"v=TLSRPTv1; \" \"rua=mailto:tls@example.net\"",
                    "long._tls IN TXT " + strings("v=", 20),
                    "long._tls IN TXT " + strings("w=", 15),
                    "long._tls IN TXT " + strings("x=", 21),
                    "inward IN CNAME mx",
                    "outward IN CNAME mx.plain.example."),
                SignedZone.unsigned(directory, "plain.example.", mail),
                SignedZone.signed(directory, "expired.example.", mail)
                    .signedAgain(directory, -30, -2),
                SignedZone.signed(directory, "early.example.", mail).signedAgain(directory, 2, 30),
                SignedZone.signed(directory, "stripped.example.", mail).stripped()));
    resolver.useInThisProcess();
  }

  /** A text of many strings, of 200 characters each with the beginning. */
  private static String strings(String beginning, int count) {
    return ("\"" + beginning + "y".repeat(198) + "\" ").repeat(count);
  }

  @AfterAll
  static void stop() {
    if (resolver != null) {
      resolver.close();
    }
  }

  @Test
  void resolverShouldValidate() {
    assertThat(questions.resolverValidates()).contains(true);
  }

  @Test
  void signedZoneShouldBeSecure() {
    Answer<String> texts = questions.texts("_smtp._tls", SECURE);

    assertThat(texts.recordsOrNone()).containsExactly("v=TLSRPTv1; rua=mailto:tls@example.net");
    assertThat(texts.isSecure()).isTrue();
    assertThat(questions.mx(SECURE))
        .isEqualTo(
            new MailHosts.Hosts(List.of(new MailHost(10, "mx.secure.example")), 0, false, true));
    assertThat(tlsa(SECURE).records().isSecure()).isTrue();
    assertThat(tlsa(SECURE).records().recordsOrNone())
        .containsExactly(new TlsaRecord(3, 1, 1, DIGEST));
  }

  @Test
  void whatASignedZoneHasNotShouldBeSecurelyAbsent() {
    assertThat(questions.texts("_mta-sts", SECURE)).isEqualTo(new Absent<String>(true, false));
    assertThat(questions.texts("mx", SECURE)).isEqualTo(new Absent<String>(true, true));
    assertThat(questions.mx(new DomainName("no.secure.example")))
        .isEqualTo(new MailHosts.NoMail(true));
  }

  @Test
  void unsignedZoneShouldNotBeSecure() {
    assertThat(questions.mx(PLAIN))
        .isEqualTo(
            new MailHosts.Hosts(List.of(new MailHost(10, "mx.plain.example")), 0, false, false));
    assertThat(questions.texts("_mta-sts", PLAIN)).isEqualTo(new Absent<String>(false, false));
    assertThat(tlsa(PLAIN).records().isSecure()).isFalse();
    assertThat(tlsa(PLAIN).records().recordsOrNone()).hasSize(1);
  }

  @Test
  void aliasShouldBeSecureOnlyIfItsEndIs() {
    Answer<InetAddress> inward = questions.addresses(new DomainName("inward.secure.example"));
    Answer<InetAddress> outward = questions.addresses(new DomainName("outward.secure.example"));

    assertThat(inward.isSecure()).isTrue();
    assertThat(((Found<InetAddress>) inward).owner()).isEqualTo("mx.secure.example");
    assertThat(outward.isSecure()).isFalse();
    assertThat(outward.recordsOrNone()).hasSize(1);
  }

  @Test
  void expiredSignatureShouldBeBogus() {
    assertThat(questions.mx(EXPIRED)).isEqualTo(new MailHosts.Bogus("signature expired"));
    assertThat(questions.addresses(new DomainName("mx.expired.example")))
        .isEqualTo(new Bogus<InetAddress>("signature expired"));
    assertThat(questions.texts("_mta-sts", EXPIRED)).isInstanceOf(Bogus.class);
  }

  @Test
  void signatureOfTheFutureShouldBeBogus() {
    assertThat(questions.mx(EARLY)).isEqualTo(new MailHosts.Bogus("signature not yet valid"));
  }

  @Test
  void zoneThatLostItsSignaturesShouldNotBeTakenForAnUnsignedOne() {
    // Unbound takes its name servers for lame, and gives no answer without validation either.
    assertThat(questions.mx(STRIPPED))
        .isInstanceOfAny(MailHosts.Bogus.class, MailHosts.Unavailable.class);
  }

  @Test
  void answerThatIsTooLongForAPacketShouldBeRead() {
    Found<String> found = (Found<String>) questions.texts("long._tls", SECURE);

    assertThat(found.records()).extracting(String::length).containsExactly(4_000, 3_000);
    assertThat(found.more()).isEqualTo(1);
  }

  private TlsaAnswer tlsa(DomainName domain) {
    DomainName host = new DomainName("mx." + domain);
    return questions.tlsa(host, questions.addresses(host));
  }
}

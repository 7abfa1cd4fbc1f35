// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tlsrpt.testing.DkimKey;
import io.tlsrpt.testing.DkimSigner;
import io.tlsrpt.testing.DnsServer;
import io.tlsrpt.testing.ReportMails;
import java.util.List;
import java.util.stream.Stream;
import org.apache.mailet.base.test.FakeMail;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our DKIM and another implementation agree on mails that either of them has signed. */
@Tag("slow")
class SecondImplementationTest {
  private static final DkimKey KEY = DkimKey.rsa(2048);
  private static final DkimSigner SIGNER = DkimSigner.of("reporter.example", "s1", KEY);
  private static final List<String> CANONICALIZATIONS =
      List.of("relaxed/relaxed", "relaxed/simple", "simple/relaxed", "simple/simple");

  private static DnsServer dns;
  private static SecondDkim second;

  @BeforeAll
  static void start() throws Exception {
    boolean installed = SecondDkim.isInstalled();
    if (Boolean.parseBoolean(System.getenv("CI"))) {
      assertThat(installed).as("python3-dkim is installed").isTrue();
    }
    assumeTrue(installed, "python3-dkim is not installed");
    second = SecondDkim.start();
    dns = DnsServer.start();
    dns.serveText(SIGNER.keyName(), KEY.record());
    dns.useInThisProcess();
  }

  @AfterAll
  static void stop() {
    if (second != null) {
      second.close();
      dns.close();
    }
  }

  static List<String> canonicalizations() {
    return CANONICALIZATIONS;
  }

  @ParameterizedTest
  @MethodSource("canonicalizations")
  void whatTheOtherSignedShouldBeBelieved(String canonicalization) throws Exception {
    String mail = crlf(mail());
    String signed =
        second.sign(mail, "s1", "reporter.example", KEY.privateKeyInPem(), canonicalization);

    assertThat(second.verifies(signed, KEY.record())).isTrue();
    assertThat(ours(signed)).isEqualTo("accepted");
    assertThat(ours(signed.replace("This is", "That was"))).isEqualTo("rejected dkim-failed");
  }

  /** Changes of a mail on its way, some of which leave a signature good. */
  static Stream<Arguments> changes() {
    return CANONICALIZATIONS.stream()
        .flatMap(
            canonicalization ->
                Stream.of(
                        new String[] {"", ""},
                        new String[] {"This is a", "That was a"},
                        new String[] {"This is a TLS report.", "This is a TLS report. \t "},
                        new String[] {"This is a TLS", "This \t is  a TLS"},
                        new String[] {"This is a TLS", " This is a TLS"},
                        new String[] {"This is a TLS", "This isa TLS"},
                        new String[] {"Subject: Report Domain:", "Subject:  Report\n\tDomain:"},
                        new String[] {"Subject: Report Domain:", "SUBJECT: Report Domain:"},
                        new String[] {"Subject: Report", "Subject: A Report"},
                        new String[] {"From: Reports", "From:  Reports"},
                        new String[] {"To: tlsrpt", "To: a@example.org, tlsrpt"},
                        new String[] {"To: tlsrpt", "To: other@example.org\nTo: tlsrpt"},
                        new String[] {"\nTLS-Report-Domain: example.com", ""},
                        new String[] {"d=reporter.example", "d=reporter.Example"},
                        new String[] {"s=s1;", "s=s1 ;"},
                        new String[] {"s=s1;", "\n\ts=s1;"})
                    .map(change -> Arguments.of(canonicalization, change[0], change[1])));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void changesShouldBeJudgedAlike(String canonicalization, String before, String after)
      throws Exception {
    String signed = SIGNER.withCanonicalization(canonicalization).sign(mail());
    assertThat(signed).contains(before);
    String changed = crlf(signed.replace(before, after));

    assertThat(ours(changed))
        .isEqualTo(second.verifies(changed, KEY.record()) ? "accepted" : "rejected dkim-failed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\n\n\n", " \n", "\t\n \n", "x", "x \n\n \t\n"})
  void endsOfBodiesShouldBeJudgedAlike(String end) throws Exception {
    for (String canonicalization : CANONICALIZATIONS) {
      String signed = crlf(SIGNER.withCanonicalization(canonicalization).sign(mail() + end));

      assertThat(second.verifies(signed, KEY.record())).as(canonicalization).isTrue();
      assertThat(ours(signed)).as(canonicalization).isEqualTo("accepted");
    }
  }

  private static String ours(String mail) throws Exception {
    FakeMail judged = JamesMails.fakeMail(mail.replace("\r\n", "\n"));
    new ReceiverFixture().strictMailet().service(judged);
    return ReceiverFixture.outcome(judged);
  }

  private static String mail() {
    return ReportMails.mail(ReportMails.report("1", "example.com", 5, 1));
  }

  private static String crlf(String mail) {
    return mail.replace("\r\n", "\n").replace("\n", "\r\n");
  }
}

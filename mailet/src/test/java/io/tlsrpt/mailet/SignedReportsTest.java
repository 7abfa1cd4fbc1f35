// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.testing.DkimKey;
import io.tlsrpt.testing.DkimSigner;
import io.tlsrpt.testing.DnsServer;
import io.tlsrpt.testing.ReportMails;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.mailet.base.test.FakeMail;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which signed mails are believed: real signatures, real keys, a real DNS server on loopback. */
class SignedReportsTest {
  /** The domain of From in the mails of {@link ReportMails}. */
  private static final String AUTHOR = "reports.reporter.example";

  private static final DkimKey KEY = DkimKey.rsa(2048);
  private static final DkimSigner SIGNER = DkimSigner.of(AUTHOR, "s1", KEY);
  private static final String MAIL = mail("1");

  private static DnsServer dns;

  private final ReceiverFixture receiver = new ReceiverFixture();

  @BeforeAll
  static void startDns() {
    dns = DnsServer.start();
    dns.useInThisProcess();
  }

  @AfterAll
  static void stopDns() {
    dns.close();
  }

  @BeforeEach
  void publishKey() {
    dns.setMood(DnsServer.Mood.ANSWERING);
    dns.serveText(SIGNER.keyName(), KEY.record());
  }

  static Stream<Arguments> goodSignatures() {
    return Stream.of(1024, 2048, 4096)
        .flatMap(
            bits ->
                Stream.of(
                        "relaxed/relaxed",
                        "relaxed/simple",
                        "simple/relaxed",
                        "simple/simple",
                        "simple",
                        "relaxed")
                    .map(canonicalization -> Arguments.of(bits, canonicalization)));
  }

  @ParameterizedTest
  @MethodSource("goodSignatures")
  void goodSignatureShouldBeBelieved(int bits, String canonicalization) throws MessagingException {
    DkimKey key = bits == 2048 ? KEY : DkimKey.rsa(bits);
    DkimSigner signer =
        DkimSigner.of(AUTHOR, "bits" + bits, key).withCanonicalization(canonicalization);
    dns.serveText(signer.keyName(), key.record());

    assertThat(judged(signer.sign(MAIL))).isEqualTo("accepted");
    assertThat(receiver.domain("example.com", "Reports")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"relaxed/relaxed", "simple/relaxed"})
  void relaxedBodyShouldOutliveChangedBlanks(String canonicalization) throws MessagingException {
    String signed = SIGNER.withCanonicalization(canonicalization).sign(MAIL);

    assertThat(
            judged(
                signed.replace("This is a TLS report.", "This \t is a  TLS report. \t") + "\n\n"))
        .isEqualTo("accepted");
  }

  @Test
  void simpleBodyShouldNotOutliveChangedBlanks() throws MessagingException {
    String signed = SIGNER.withCanonicalization("relaxed/simple").sign(MAIL);

    assertThat(judged(signed.replace("This is a", "This  is a"))).isEqualTo("rejected dkim-failed");
    assertThat(judged(signed + "\n\n")).isEqualTo("accepted");
  }

  @Test
  void relaxedHeaderShouldOutliveFoldingAndCase() throws MessagingException {
    String signed = SIGNER.sign(MAIL);

    assertThat(
            judged(
                signed
                    .replace("Subject: Report Domain:", "SUBJECT:   Report\n  Domain:")
                    .replace("TLS-Report-Domain: ", "tls-report-domain :\t")))
        .isEqualTo("accepted");
  }

  @Test
  void mailThatWasStoredWithOtherLineEndsShouldBeBelieved() throws MessagingException {
    String signed = SIGNER.sign(MAIL);
    FakeMail mail = JamesMails.fakeMail("x: y\n\n");
    mail.setMessage(new MimeMessage(null, new ByteArrayInputStream(signed.getBytes(UTF_8))));
    receiver.strictMailet().service(mail);

    assertThat(ReceiverFixture.outcome(mail)).isEqualTo("accepted");
  }

  @ParameterizedTest
  @CsvSource({
    "reports.reporter.example, accepted",
    "REPORTS.Reporter.Example, accepted",
    "reporter.example, accepted",
    "example, rejected dkim-misaligned",
    "mx.reports.reporter.example, rejected dkim-misaligned",
    "ports.reporter.example, rejected dkim-misaligned",
    "stranger.example, rejected dkim-misaligned",
  })
  void signerShouldAnswerForTheAuthor(String domain, String outcome) throws MessagingException {
    DkimSigner signer = published(domain);

    assertThat(judged(signer.sign(MAIL))).isEqualTo(outcome);
  }

  @Test
  void goodSignatureOfAStrangerShouldChangeNothingButItsRejection() throws MessagingException {
    DkimSigner stranger = published("stranger.example");
    int queries = dns.queries();

    assertThat(judged(stranger.sign(MAIL))).isEqualTo("rejected dkim-misaligned");
    assertThat(receiver.rejections()).isEqualTo(Map.of("dkim-misaligned", 1L));
    assertThat(receiver.names()).noneMatch(name -> name.contains("type=Domain"));
    assertThat(dns.queries()).isEqualTo(queries);
  }

  @ParameterizedTest
  @CsvSource({"co.uk", "github.io", "com"})
  void publicSuffixShouldAnswerForNobody(String suffix) throws MessagingException {
    DkimSigner registry = published(suffix);
    DkimSigner reporter = published("reporter." + suffix);
    String mail = MAIL.replace("noreply@reports.reporter.example", "noreply@reporter." + suffix);

    assertThat(judged(registry.sign(mail))).isEqualTo("rejected dkim-misaligned");
    assertThat(judged(reporter.sign(mail))).isEqualTo("accepted");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''         | accepted",
        "'s=*; '    | accepted",
        "'s=tlsrpt; '       | accepted",
        "'s=email:tlsrpt; ' | accepted",
        "'s=email : TLSRPT; ' | accepted",
        "'s=email; '  | rejected dkim-service",
        "'s=other; '  | rejected dkim-service",
        "'t=y; '      | rejected dkim-failed",
        "'t=s:y; '    | rejected dkim-failed",
        "'t=s; '      | accepted",
        "'h=sha256; ' | accepted",
        "'h=sha1; '   | rejected dkim-failed",
        "'n=a note; ' | accepted",
        "';; ; '      | accepted",
        "'g=; '       | accepted",
      })
  void keyShouldBeForReports(String tags, String outcome) throws MessagingException {
    dns.serveText(SIGNER.keyName(), KEY.record(tags));

    assertThat(judged(SIGNER.sign(MAIL))).isEqualTo(outcome);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v=DKIM1; k=rsa; p=",
        "v=DKIM2; k=rsa; p=AAAA",
        "v=DKIM1; k=rsa",
        "v=DKIM1; k=rsa; p=AAAA",
        "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
        "v=DKIM1; p=A",
        "v=DKIM1; p=AAAA=AAA",
        "v=spf1 -all",
        ";;;===",
        "p",
      })
  void keyShouldBeOne(String record) throws MessagingException {
    dns.serveText(SIGNER.keyName(), record);

    assertThat(judged(SIGNER.sign(MAIL))).isEqualTo("rejected dkim-failed");
  }

  @Test
  void hostileKeyShouldCostNothing() throws MessagingException {
    dns.serveText(SIGNER.keyName(), KEY.record("g=" + "a".repeat(600) + "(; "));
    assertThat(judged(SIGNER.sign(MAIL))).isEqualTo("accepted");
  }

  @Test
  void keyInOtherSpellingsShouldDo() throws MessagingException {
    dns.serveText(SIGNER.keyName(), "k=RSA ; p=" + KEY.publicKey() + ";\n");
    assertThat(judged(SIGNER.sign(MAIL))).isEqualTo("accepted");
  }

  @Test
  void keyOfAnotherShouldNotDo() throws MessagingException {
    dns.serveText(SIGNER.keyName(), DkimKey.rsa(2048).record());

    assertThat(judged(SIGNER.sign(MAIL))).isEqualTo("rejected dkim-failed");
  }

  @Test
  void missingKeyShouldBeFinal() throws MessagingException {
    dns.forget(SIGNER.keyName());

    assertThat(judged(SIGNER.sign(MAIL))).isEqualTo("rejected dkim-failed");
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 1023, 4104})
  void keyShouldNeitherBeWeakNorCostly(int bits) throws MessagingException {
    DkimKey key = DkimKey.rsa(bits);
    DkimSigner signer = DkimSigner.of(AUTHOR, "bits" + bits, key);
    dns.serveText(signer.keyName(), key.record());

    assertThat(judged(signer.sign(MAIL))).isEqualTo("rejected dkim-failed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'l=10; '            | rejected dkim-length-tag",
        "'l=99999999; '      | rejected dkim-length-tag",
        "'x=1780412399; '    | rejected dkim-failed",
        "'x=1780412401; '    | accepted",
        "'x=soon; '          | rejected dkim-failed",
        "'x=99999999999999999999; ' | rejected dkim-failed",
        "'t=1; '             | accepted",
        "'t=4102444800; '    | accepted",
        "'i=@reports.reporter.example; '   | accepted",
        "'i=a@mx.reports.reporter.example; ' | accepted",
        "'i=@stranger.example; ' | rejected dkim-failed",
        "'q=dns/txt; '       | accepted",
        "'q=http/get; '      | rejected dkim-failed",
        "'z=Subject:=20b=3Dx; ' | accepted",
        "'v=1; '             | rejected dkim-failed",
      })
  void tagsOfTheSignatureShouldBeHeeded(String tags, String outcome) throws MessagingException {
    assertThat(ReceiverFixture.NOW.getEpochSecond()).isEqualTo(1_780_412_400);
    assertThat(judged(SIGNER.withTags(tags).sign(MAIL))).isEqualTo(outcome);
  }

  @Test
  void keyThatAllowsNoSubdomainsShouldBeHeeded() throws MessagingException {
    dns.serveText(SIGNER.keyName(), KEY.record("t=s; "));

    assertThat(judged(SIGNER.withTags("i=@mx.reports.reporter.example; ").sign(MAIL)))
        .isEqualTo("rejected dkim-failed");
  }

  @Test
  void sha1ShouldNotDo() throws MessagingException {
    assertThat(judged(SIGNER.withAlgorithm("rsa-sha1").sign(MAIL)))
        .isEqualTo("rejected dkim-failed");
  }

  @Test
  void unknownCanonicalizationShouldNotDo() throws MessagingException {
    String signed = SIGNER.sign(MAIL).replace("c=relaxed/relaxed", "c=loose/relaxed");

    assertThat(judged(signed)).isEqualTo("rejected dkim-failed");
  }

  @Test
  void fromShouldBeSigned() throws MessagingException {
    assertThat(judged(SIGNER.withSigned("To", "Subject").sign(MAIL)))
        .isEqualTo("rejected dkim-failed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "From: other@stranger.example\n%s",
        "%s\nFrom: other@reports.reporter.example",
      })
  void secondFromShouldNotDo(String fields) throws MessagingException {
    String from = "From: Reports <noreply@reports.reporter.example>";

    assertThat(judged(SIGNER.sign(MAIL).replace(from, fields.formatted(from))))
        .isEqualTo("rejected dkim-misaligned");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a@reports.reporter.example, b@stranger.example",
        "a@reports.reporter.example, b@reports.reporter.example",
        "Reports: a@reports.reporter.example;",
        "nobody",
        "",
        "\"a@reports.reporter.example\" <b@stranger.example>",
        "a@[192.0.2.1]",
      })
  void authorShouldBeOneAndClear(String from) throws MessagingException {
    String mail = MAIL.replace("Reports <noreply@reports.reporter.example>", from);

    assertThat(judged(SIGNER.sign(mail))).isEqualTo("rejected dkim-misaligned");
  }

  @Test
  void unsignedMailShouldNotDo() throws MessagingException {
    assertThat(judged(MAIL)).isEqualTo("rejected dkim-missing");
    assertThat(judged(MAIL.replace("From:", "X-Google-DKIM-Signature: v=1\nFrom:")))
        .isEqualTo("rejected dkim-missing");
  }

  @Test
  void changedBodyShouldNotDo() throws MessagingException {
    assertThat(judged(SIGNER.sign(MAIL).replace("This is", "That was")))
        .isEqualTo("rejected dkim-failed");
  }

  @Test
  void bodyThatGoesOnShouldNotDo() throws MessagingException {
    assertThat(judged(SIGNER.sign(MAIL) + "--more--\n")).isEqualTo("rejected dkim-failed");
  }

  @Test
  void changedHeaderShouldNotDo() throws MessagingException {
    assertThat(
            judged(
                SIGNER
                    .sign(MAIL)
                    .replace("Report Domain: example.com", "Report Domain: example.org")))
        .isEqualTo("rejected dkim-failed");
  }

  @Test
  void fieldThatIsNotSignedMayChange() throws MessagingException {
    assertThat(judged("Received: from somewhere\n" + SIGNER.sign(MAIL))).isEqualTo("accepted");
  }

  @Test
  void oneGoodSignatureShouldBeEnoughAndTheAuthorTheReporter() throws MessagingException {
    DkimSigner parent = published("reporter.example");
    DkimSigner stranger = DkimSigner.of("stranger.example", "s1", KEY);
    DkimSigner gone = DkimSigner.of(AUTHOR, "gone", KEY);

    assertThat(judged(parent.sign(MAIL))).isEqualTo("accepted");
    assertThat(judged(gone.sign(parent.sign(mail("2"))))).isEqualTo("accepted");
    assertThat(judged(stranger.sign(parent.sign(mail("3"))))).isEqualTo("accepted");
    assertThat(judged(parent.sign(SIGNER.sign(mail("4"))))).isEqualTo("accepted");
    assertThat(receiver.domain("example.com", "Reporters")).isEqualTo(1);
  }

  /** N07: a report comes on two ways, and on one the signature of the longer domain breaks. */
  @Test
  void reporterShouldNotDependOnWhichSignatureSurvived() throws MessagingException {
    DkimSigner parent = published("reporter.example");
    String both =
        parent.sign(
            SIGNER
                .withSigned("From", "Subject", "X-Mailer")
                .sign(MAIL.replace("Subject:", "X-Mailer: a\nSubject:")));

    assertThat(judged(both)).isEqualTo("accepted");
    assertThat(judged(both.replace("X-Mailer: a\n", ""))).isEqualTo("duplicate");
    assertThat(receiver.domain("example.com", "Reports")).isEqualTo(1);
    assertThat(receiver.domain("example.com", "Reporters")).isEqualTo(1);
  }

  /** N09: an entry that names no domain, as Postfix writes for no-policy-found. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "From TLS-Report-Domain | Report Domain: example.org | accepted",
        "From Subject           | Report Domain: example.com | accepted",
        "From Subject           | report  domain: EXAMPLE.com. Submitter: x | accepted",
        "From Subject           | Report Domain: example.org | rejected unknown-domain",
        "From Subject           | Domain: example.com        | rejected unknown-domain",
        "From                   | Report Domain: example.com | rejected unknown-domain",
      })
  void onlySignedFieldsShouldNameTheDomain(String signed, String subject, String outcome)
      throws MessagingException {
    String mail =
        ReportMails.mail(
                ReportMails.report("1", "example.com", 5, 1)
                    .replace(", \"policy-domain\": \"example.com\"", ""))
            .replaceFirst("Subject: .*", "Subject: " + subject);
    assertThat(mail).contains("TLS-Report-Domain: example.com");

    assertThat(judged(SIGNER.withSigned(signed.split(" ", -1)).sign(mail))).isEqualTo(outcome);
  }

  @Test
  void secondSubjectShouldNameNothing() throws MessagingException {
    String mail =
        ReportMails.mail(
            ReportMails.report("1", "example.com", 5, 1)
                .replace(", \"policy-domain\": \"example.com\"", ""));

    assertThat(
            judged(
                "Subject: Report Domain: example.com\n"
                    + SIGNER.withSigned("From", "Subject").sign(mail)))
        .isEqualTo("rejected unknown-domain");
  }

  @ParameterizedTest
  @CsvSource({"reporters, google.example", "ignoredReporters, reporter.example"})
  void unwantedReporterShouldCostNoLookUp(String parameter, String value)
      throws MessagingException {
    TlsReportMailet mailet = receiver.strictMailet(parameter, value);
    dns.setMood(DnsServer.Mood.SERVFAIL);
    int before = dns.queries();

    assertThat(judged(mailet, SIGNER.sign(MAIL))).isEqualTo("rejected reporter-ignored");
    assertThat(judged(mailet, MAIL)).isEqualTo("rejected reporter-ignored");
    assertThat(dns.queries()).isEqualTo(before);
  }

  @Test
  void reporterChoiceShouldNameTheAuthor() throws MessagingException {
    TlsReportMailet mailet = receiver.strictMailet("ignoredReporters", AUTHOR);

    assertThat(judged(mailet, published("reporter.example").sign(MAIL)))
        .isEqualTo("rejected reporter-ignored");
  }

  @Test
  void wildcardZoneShouldGiveTenReportersAtMost() throws MessagingException {
    TlsReportMailet mailet = receiver.strictMailet();
    List<String> outcomes = new ArrayList<>();
    for (String label : "a b c d e f g h i j k b".split(" ", -1)) {
      String domain = label + ".wildcard.example";
      DkimSigner signer = published(domain);
      String mail = mail("of " + outcomes.size()).replace("reports.reporter.example", domain);
      outcomes.add(judged(mailet, signer.sign(mail)));
    }
    assertThat(outcomes.subList(0, 10)).containsOnly("accepted");
    assertThat(outcomes.subList(10, 12)).containsExactly("rejected reporter-limit", "accepted");
    assertThat(receiver.domain("example.com", "Reporters")).isEqualTo(10);
  }

  @Test
  void maxReportersShouldBoundADomain() throws MessagingException {
    TlsReportMailet mailet = receiver.strictMailet("maxReporters", "1");
    assertThat(judged(mailet, SIGNER.sign(MAIL))).isEqualTo("accepted");

    DkimSigner other = published("other.example");
    String mail = MAIL.replace("reports.reporter.example", "other.example");
    assertThat(judged(mailet, other.sign(mail))).isEqualTo("rejected reporter-limit");
    assertThat(judged(mailet, SIGNER.sign(mail("2")))).isEqualTo("accepted");
  }

  @Test
  void onlyChosenReportersShouldCount() throws MessagingException {
    TlsReportMailet mailet = receiver.strictMailet("reporters", "reporter.example, other.example");
    assertThat(judged(mailet, SIGNER.sign(MAIL))).isEqualTo("accepted");

    DkimSigner third = published("third.example");
    String mail = MAIL.replace("reports.reporter.example", "third.example");
    assertThat(judged(mailet, third.sign(mail))).isEqualTo("rejected reporter-ignored");
  }

  @Test
  void manySignaturesShouldCostFewQueries() throws MessagingException {
    String mail = MAIL;
    for (int i = 0; i < 60; i++) {
      mail = DkimSigner.of(AUTHOR, "gone" + i, KEY).sign(mail);
    }
    int queries = dns.queries();

    assertThat(judged(mail)).isEqualTo("rejected dkim-failed");
    assertThat(dns.queries() - queries).isEqualTo(8);
  }

  @Test
  void hostileSignaturesShouldBeSurvived() throws MessagingException {
    for (String field :
        new String[] {
          "",
          ";",
          "v",
          "v=1",
          "v=1; a=; b=; bh=; d=; h=; s=",
          "=".repeat(9_000),
          "v=1;".repeat(500),
          "v=1; a=rsa-sha256; d=reports.reporter.example; s=s1; h=from; b=A; bh=A"
        }) {
      assertThat(judged("DKIM-Signature: " + field + "\n" + MAIL))
          .isEqualTo("rejected dkim-failed");
    }
    assertThat(judged(SIGNER.withSigned(("From " + "A ".repeat(2_000)).split(" ")).sign(MAIL)))
        .isEqualTo("accepted");
    assertThat(judged(DkimSigner.of(AUTHOR, "a..b", KEY).sign(MAIL)))
        .isEqualTo("rejected dkim-failed");
    assertThat(judged(DkimSigner.of(AUTHOR, "a".repeat(70), KEY).sign(MAIL)))
        .isEqualTo("rejected dkim-failed");
  }

  /** A reader must not see another mail than the one that the signature covers. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: text/plain\r\r--q\r",
        "X-Other: a\rContent-Type: text/plain",
        "X-Other: a\0b",
        "Content-Type: application/tlsrpt+json",
        "Content-Transfer-Encoding: base64\nContent-Transfer-Encoding: 8bit",
        "TLS-Report-Domain: example.org",
        "TLS-Report-Submitter: example.org",
      })
  void headerThatCanBeReadInSeveralWaysShouldNotDo(String field) throws Exception {
    String mail = (field + "\n" + SIGNER.sign(MAIL)).replaceAll("(?<!\r)\n", "\r\n");
    FakeMail judged = JamesMails.fakeMail("x: y\n\n");
    judged.setMessage(new MimeMessage(null, new ByteArrayInputStream(mail.getBytes(UTF_8))));
    receiver.strictMailet().service(judged);

    assertThat(ReceiverFixture.outcome(judged))
        .isIn("rejected dkim-failed", "rejected not-a-report");
    assertThat(receiver.receiver("ReportsAccepted")).isZero();
  }

  /** Home-made senders write MIME-Version twice. No reader depends on the field. */
  @Test
  void secondMimeVersionShouldDo() throws MessagingException {
    assertThat(judged("MIME-Version: 1.0\n" + SIGNER.sign(MAIL))).isEqualTo("accepted");
  }

  @Test
  void longHeaderShouldNotDo() throws MessagingException {
    String padding = "X-Pad: " + "x".repeat(300_000) + "\n";

    assertThat(judged(padding + SIGNER.sign(MAIL))).isEqualTo("rejected dkim-failed");
    assertThat(judged("X-Pad: " + "x".repeat(240_000) + "\n" + SIGNER.sign(MAIL)))
        .isEqualTo("accepted");
  }

  @Test
  void fieldNamesShouldBeWhatTheyAreToOthers() throws MessagingException {
    assertThat(judged(SIGNER.sign(MAIL).replace("DKIM-Signature:", "D\u212aIM-Signature:")))
        .isEqualTo("rejected dkim-failed");
    assertThat(judged(SIGNER.sign(MAIL).replace("DKIM-Signature:", "DKIM-Signature\u2003:")))
        .isEqualTo("rejected dkim-failed");
  }

  @Test
  void mailWithoutAReportShouldCostNoQuery() throws MessagingException {
    int queries = dns.queries();
    String spam = ReportMails.header() + "Content-Type: text/plain\n\nBuy now.\n";

    assertThat(judged(SIGNER.sign(spam))).isEqualTo("rejected not-a-report");
    assertThat(judged(spam)).isEqualTo("rejected not-a-report");
    assertThat(dns.queries()).isEqualTo(queries);
  }

  @Test
  void forgedBombShouldNotBeDecompressed() throws MessagingException {
    String bomb = ReportMails.header() + ReportMails.gzipPart("{\"a\":".repeat(1_000));

    assertThat(judged(bomb)).isEqualTo("rejected dkim-missing");
    assertThat(judged(SIGNER.sign(bomb))).isEqualTo("rejected limit");
  }

  @Test
  void burstShouldCostOneQuery() throws MessagingException {
    int queries = dns.queries();
    TlsReportMailet mailet = receiver.strictMailet();
    for (int i = 0; i < 50; i++) {
      assertThat(judged(mailet, SIGNER.sign(mail("burst" + i)))).isEqualTo("accepted");
    }

    assertThat(dns.queries() - queries).isEqualTo(1);
    receiver.pass(Duration.ofMinutes(61));
    assertThat(judged(mailet, SIGNER.sign(mail("later")))).isEqualTo("accepted");
    assertThat(dns.queries() - queries).isEqualTo(2);
  }

  private String judged(String mail) throws MessagingException {
    return judged(receiver.strictMailet(), mail);
  }

  private static String judged(TlsReportMailet mailet, String mail) throws MessagingException {
    FakeMail judged = JamesMails.fakeMail(mail);
    mailet.service(judged);
    return ReceiverFixture.outcome(judged);
  }

  /** A signer whose key is in the DNS. */
  private static DkimSigner published(String domain) {
    DkimSigner signer = DkimSigner.of(domain, "s1", KEY);
    dns.serveText(signer.keyName(), KEY.record());
    return signer;
  }

  private static String mail(String id) {
    return ReportMails.mail(ReportMails.report(id, "example.com", 5, 1));
  }
}

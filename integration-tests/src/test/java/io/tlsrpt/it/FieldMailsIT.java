// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.it.ReportMail.Form;
import io.tlsrpt.testing.DkimKey;
import io.tlsrpt.testing.DkimSigner;
import io.tlsrpt.testing.DnsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Genuine reports that are not written to the letter, as senders in the field write them, at a real
 * James 3.8: nothing was changed on the way, so each counts.
 */
class FieldMailsIT {
  private static final String CONTAINER =
      "multipart/report; report-type=\"tlsrpt\"; boundary=\"----=_report\"";
  private static final Duration RECOVERY = Duration.ofSeconds(60);

  private static HostileJames james;

  @BeforeAll
  static void start() {
    james =
        HostileJames.startWithHook(
            "james-field-mails",
            "example.com",
            "octets.example",
            "waiting.example",
            "ed25519.example",
            "container.example",
            "encoding.example",
            "path.example",
            "zip.example",
            "members.example",
            "entries.example",
            "partly.example");
  }

  @AfterAll
  static void stop() {
    james.close();
  }

  /** The hook of the SMTP server has kept them: James' queue has question marks there. */
  @ParameterizedTest
  @CsvSource({"relaxed/relaxed, 1", "simple/simple, 2"})
  void rawOctetsShouldVerify(String form, int sessions) {
    long before = sessions("octets.example");
    byte[] mail = Octets.of(umlauts("octets.example", "octets.example", sessions));

    assertThat(james.judge(james.signer("octets.example").withCanonicalization(form).sign(mail)))
        .isEqualTo("accepted");
    assertThat(sessions("octets.example") - before).isEqualTo(sessions);
  }

  @Test
  void rawOctetsShouldVerifyAfterAWaitOnDisk() {
    byte[] mail =
        james
            .signer("patient.example")
            .withCanonicalization("simple/simple")
            .sign(Octets.of(umlauts("patient.example", "waiting.example", 7)));
    james.reporters().dns().setMood(DnsServer.Mood.SILENT);
    try {
      assertThat(james.judge(mail)).isEqualTo("deferred");
      assertThat(waiting())
          .singleElement()
          .asString()
          .contains(Octets.text(mail))
          .contains("\u00dcberblick!");
    } finally {
      james.reporters().dns().setMood(DnsServer.Mood.ANSWERING);
    }
    Waiting.until(
        RECOVERY,
        "the mail is judged",
        () -> james.jmx().number(HostileJames.RECEIVER, "ReportsDeferred") == 0);

    assertThat(sessions("waiting.example")).isEqualTo(7);
  }

  @Test
  void ed25519ShouldVerify() {
    DkimKey key = DkimKey.ed25519();
    DkimSigner signer = DkimSigner.of("modern.example", "ed", key).withAlgorithm("ed25519-sha256");
    james.reporters().dns().serveText(signer.keyName(), key.record());

    assertThat(
            james.judge(
                signer.sign(
                    new ReportMail("modern.example", "ed25519.example")
                        .of(Form.MULTIPART_GZIP, json("ed25519.example", 8)))))
        .isEqualTo("accepted");
    assertThat(sessions("ed25519.example")).isEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/report; report-type=tlsrpt; boundary=----=_report",
        "multipart/report; boundary=\"----=_report\"; report-type=tlsrpt;;",
        "multipart/report; boundary=\"----=_report\"; report-type=; charset=",
        "multipart/report; boundary=\"----=_report\" report-type=tlsrpt",
        "multipart/report;; boundary=\"----=_report\"",
        "multipart/report; boundary=<----=_report>"
      })
  void containerNotToTheLetterShouldBeOpened(String type) {
    long before = sessions("container.example");
    String mail =
        new ReportMail("careless.example", "container.example")
            .of(Form.MULTIPART_GZIP, json("container.example", 3))
            .replace(CONTAINER, type);
    // Without quotes, brackets are a part of the boundary.
    String written = type.contains("<") ? mail.replace("------=_report", "--<----=_report>") : mail;

    assertThat(james.judge(james.signer("careless.example").sign(written))).isEqualTo("accepted");
    assertThat(sessions("container.example") - before).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"base64 (as usual)", "base64;", "\"base64\"", "(so) Base64"})
  void transferEncodingNotToTheLetterShouldBeTakenOff(String encoding) {
    long before = sessions("encoding.example");
    String mail =
        new ReportMail("careless.example", "encoding.example")
            .of(Form.MULTIPART_GZIP, json("encoding.example", 2))
            .replace("Encoding: base64", "Encoding: " + encoding);

    assertThat(james.judge(james.signer("careless.example").sign(mail))).isEqualTo("accepted");
    assertThat(sessions("encoding.example") - before).isEqualTo(2);
  }

  @Test
  void reportShouldCountOnceWhicheverOfItsSignaturesSurvives() {
    String json = json("path.example", 6);
    String mail =
        "X-Mailer: gen/1\n"
            + new ReportMail("mail.s1.example", "path.example").of(Form.MULTIPART_GZIP, json);
    String twice =
        james
            .signer("mail.s1.example")
            .withSigned("From", "Subject", "Date", "X-Mailer")
            .sign(james.signer("s1.example").sign(mail));

    assertThat(james.judge(twice)).isEqualTo("accepted");
    assertThat(james.judge(twice.replace("X-Mailer: gen/1\n", ""))).isEqualTo("duplicate");
    assertThat(james.number("path.example", "Reports")).isEqualTo(1);
    assertThat(james.number("path.example", "Reporters")).isEqualTo(1);
    assertThat(sessions("path.example")).isEqualTo(6);
  }

  @Test
  void archiveThatBeginsWithSomethingElseShouldBeRead() {
    byte[] zip =
        zip("reports/", "", "readme.txt", "See the report.", "a.json", json("zip.example", 9));

    assertThat(james.judge(signed("archive.example", "zip.example", zip))).isEqualTo("accepted");
    assertThat(sessions("zip.example")).isEqualTo(9);
  }

  @Test
  void secondReportOfAStreamShouldBeCounted() throws IOException {
    ByteArrayOutputStream two = new ByteArrayOutputStream();
    two.write(Gzip.of(json("members.example", 10)));
    two.write(Gzip.of(json("members.example", 100)));

    assertBothAreCounted("members.example", two.toByteArray());
  }

  @Test
  void secondReportOfAnArchiveShouldBeCounted() {
    assertBothAreCounted(
        "entries.example",
        zip("a.json", json("entries.example", 10), "b.json", json("entries.example", 100)));
  }

  /** Postfix under DANE tells of the MX host under a name that nobody has listed. */
  @Test
  void foreignEntryShouldBeNamedInTheLog() {
    String log = james.log();
    String entry = "{\"policy\": {\"policy-type\": \"tlsa\", \"policy-domain\": \"%s\"}}";
    String json =
        json("partly.example", 10)
            .replace(
                "}}]}",
                "}}, "
                    + entry.formatted("stranger.example")
                    + ", "
                    + entry.formatted("mx1.partly.example")
                    + "]}");

    assertThat(james.judge(signed("postfix.example", "partly.example", Gzip.of(json))))
        .isEqualTo("accepted");
    assertThat(sessions("partly.example")).isEqualTo(10);
    assertThat(james.log().substring(log.length()))
        .containsPattern(
            "accepted with deviations: .*foreign-domain 2.*; not ours and left out:"
                + " mx1.partly.example, stranger.example\\s");
  }

  private static void assertBothAreCounted(String domain, byte[] reports) {
    String log = james.log();
    String outcome = james.judge(signed("generous.example", domain, reports));

    assertThat(outcome).isEqualTo("accepted");
    assertThat(sessions(domain)).isEqualTo(110);
    assertThat(james.log().substring(log.length()))
        .containsPattern("accepted with deviations: .*several-reports");
  }

  /** A report mail with octets above 127 in its header and its body. */
  private static String umlauts(String reporter, String domain, int sessions) {
    return new ReportMail(reporter, domain)
        .of(Form.MULTIPART_GZIP, json(domain, sessions))
        .replace("Subject: ", "Subject: \u00dcberblick! ")
        .replace("This is", "Th\u00efs is");
  }

  private static byte[] signed(String reporter, String domain, byte[] reports) {
    return Octets.of(
        james
            .signer(reporter)
            .sign(new ReportMail(reporter, domain).of(Form.MULTIPART_GZIP, reports)));
  }

  private static long sessions(String domain) {
    return james.knows(domain) ? james.number(domain, "SuccessfulSessions") : 0;
  }

  private static List<String> waiting() {
    Path directory = james.home().directory().resolve("var/tlsrpt/deferred");
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".mail"))
          .map(FieldMailsIT::octets)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String octets(Path file) {
    try {
      return Octets.text(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * An archive.
   *
   * @param entries names, each with its content
   */
  private static byte[] zip(String... entries) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int i = 0; i < entries.length; i += 2) {
        zip.putNextEntry(new ZipEntry(entries[i]));
        zip.write(entries[i + 1].getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static String json(String domain, int sessions) {
    return """
        {"report-id": "%2$d-%3$d", "policies": [{
          "policy": {"policy-type": "sts", "policy-domain": "%1$s"},
          "summary": {"total-successful-session-count": %2$d}}]}
        """
        .formatted(domain, sessions, System.nanoTime());
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.imports;

import static io.tlsrpt.receiver.imports.ImportFixture.open;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.DomainTotals;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.testing.DkimKey;
import io.tlsrpt.testing.DkimSigner;
import io.tlsrpt.testing.DnsServer;
import io.tlsrpt.testing.ReportMails;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an import makes of mails that were kept before. */
class MailImportTest {
  private static final DkimSigner SIGNER =
      DkimSigner.of("reports.reporter.example", "s1", DkimKey.rsa(2048));
  private static final String RECEIVED =
      """
      Received: from mail.reporter.example by mx.example.com
       (comment; with a semicolon) id 1; Tue,  2 Jun 2026 05:00:00 +0200 (CEST)
      """;

  private static DnsServer dns;

  @TempDir Path directory;

  private final ImportFixture command = new ImportFixture();

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
    dns.serveText(SIGNER.keyName(), SIGNER.key().record());
  }

  private static String unsigned(String id) {
    return ReportMails.mail(ReportMails.report(id, "example.com", 5, 1));
  }

  private static String signed(String id) {
    return RECEIVED + SIGNER.sign(unsigned(id));
  }

  private Path write(String name, String content) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content, UTF_8);
  }

  private int run(Path... sources) {
    return run("example.com", sources);
  }

  private int run(String domains, Path... sources) {
    String[] arguments = new String[5 + sources.length];
    String[] first = {"--to", target().toString(), "--mails", "--domains", domains};
    System.arraycopy(first, 0, arguments, 0, 5);
    for (int i = 0; i < sources.length; i++) {
      arguments[5 + i] = sources[i].toString();
    }
    return command.run(arguments);
  }

  private Path target() {
    return directory.resolve("target.db");
  }

  private DomainTotals totals() {
    try (ReportStore store = open(target())) {
      return store.domain(new DomainName("example.com")).totals();
    }
  }

  @Test
  void signedMailShouldCountAsReceivedByTopmostReceived() throws IOException {
    Path mail = write("1.eml", signed("1"));

    assertThat(run(mail)).as(command.said()).isZero();
    assertThat(command.said()).contains("1 mails").contains("1 reports accepted");
    assertThat(totals().lastReportTime()).hasValue(Instant.parse("2026-06-02T03:00:00Z"));

    assertThat(run(mail)).as(command.said()).isZero();
    assertThat(command.said()).contains("1 reports duplicate");
    assertThat(totals().reports()).isEqualTo(1);
  }

  @Test
  void mailsOfMboxShouldBeToldApart() throws IOException {
    Path mbox =
        write(
            "mbox",
            "From a@b Tue Jun  2 05:00:00 2026\n"
                + signed("1")
                + "\nFrom a@b Tue Jun  2 05:00:00 2026\n"
                + signed("2")
                + "\nFrom a@b Tue Jun  2 05:00:00 2026\n"
                + RECEIVED
                + SIGNER
                    .sign(
                        unsigned("3")
                            .replace("This is a TLS report.", "From here on\n>From there\nFromage"))
                    .replace("\n>From", "\n>>From")
                    .replace("\nFrom here", "\n>From here"));

    assertThat(run(mbox)).as(command.said()).isZero();
    assertThat(command.said()).contains("3 mails").contains("3 reports accepted");
  }

  @Test
  void mailsOfMaildirShouldBeFound() throws IOException {
    write("dir/cur/1:2,S", signed("1").replace("\n", "\r\n"));
    write("dir/new/2", signed("2"));
    write("dir/tmp/3", signed("3"));

    assertThat(run(directory.resolve("dir"))).isZero();
    assertThat(command.said()).contains("2 mails").contains("2 reports accepted");
  }

  @Test
  void unsignedMailShouldCountIfTheAdministratorAnswersForIt() throws IOException {
    Path mail = write("1.eml", unsigned("1"));
    Instant written = Instant.parse("2026-06-03T00:00:00Z");
    Files.setLastModifiedTime(mail, FileTime.from(written));

    assertThat(run(mail)).isZero();
    assertThat(command.said()).contains("1 reports rejected (dkim-missing)");

    assertThat(
            command.run(
                "--to", "" + target(), "--mails", "--unsigned", "--domains", "*.com", "" + mail))
        .as(command.said())
        .isZero();
    assertThat(command.said()).contains("1 reports accepted");
    assertThat(totals().lastReportTime()).hasValue(written);
  }

  @Test
  void reportAboutOtherDomainShouldBeRejected() throws IOException {
    assertThat(run("other.example", write("1.eml", signed("1")))).isZero();
    assertThat(command.said()).contains("1 reports rejected (unknown-domain)");
  }

  @Test
  void mailWithoutAnswerOfTheDnsShouldBeLeftForAnotherRun() throws IOException {
    Path mail = write("1.eml", signed("1"));
    dns.setMood(DnsServer.Mood.SERVFAIL);

    assertThat(run(mail)).isOne();
    assertThat(command.said()).contains("1 mails not judged");

    dns.setMood(DnsServer.Mood.ANSWERING);
    assertThat(run(mail)).as(command.said()).isZero();
    assertThat(command.said()).contains("1 reports accepted");
  }

  @Test
  void directoryThatIsNoMaildirShouldBeNamed() throws IOException {
    write("dir/1.eml", signed("1"));

    assertThat(run(directory.resolve("dir"))).isOne();
    assertThat(command.said()).contains("dir is no Maildir: it has neither cur nor new");
  }
}

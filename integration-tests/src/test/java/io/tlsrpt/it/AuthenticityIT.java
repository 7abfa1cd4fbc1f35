// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.it.ReportMail.Form;
import io.tlsrpt.testing.DkimKey;
import io.tlsrpt.testing.DkimSigner;
import io.tlsrpt.testing.DnsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Signatures, and a DNS that fails and recovers, with a real James. */
class AuthenticityIT {
  private static final String RUA = "tlsrpt@example.com";
  private static final String RECEIVER = "io.tlsrpt:type=Receiver";
  private static final Duration RECOVERY = Duration.ofSeconds(90);
  private static final DkimKey WEAK = DkimKey.rsa(512);

  @Test
  void onlyAuthenticReportsShouldCount() {
    try (Reporters reporters = new Reporters();
        JamesServer james = JamesServer.start(home("james-signatures", reporters));
        JmxClient jmx = james.jmx()) {
      new Administrator(jmx).addUser(RUA, "secret");
      DkimSigner good = reporters.signer("reporter.example");
      reporters.dns().serveText("revoked._domainkey.reporter.example", "v=DKIM1; p=");
      reporters
          .dns()
          .serveText("tests._domainkey.reporter.example", reporters.key().record("t=y; "));
      reporters
          .dns()
          .serveText("mail._domainkey.reporter.example", reporters.key().record("s=email; "));
      reporters.dns().serveText("weak._domainkey.reporter.example", WEAK.record());

      send(james, good.sign(report(1)));
      send(james, good.withCanonicalization("simple/simple").sign(report(2)));
      send(james, report(3));
      send(james, reporters.signer("stranger.example").sign(report(4)));
      send(james, good.withTags("l=5; ").sign(report(5)));
      send(james, good.withTags("x=1000000000; ").sign(report(6)));
      send(james, good.withAlgorithm("rsa-sha1").sign(report(7)));
      send(james, good.sign(report(8)).replace("This is", "That was"));
      for (String selector : new String[] {"revoked", "tests", "mail", "gone"}) {
        send(james, DkimSigner.of("reporter.example", selector, reporters.key()).sign(report(9)));
      }
      send(james, DkimSigner.of("reporter.example", "weak", WEAK).sign(report(10)));
      new Administrator(jmx).awaitReports(13);

      assertThat(jmx.number(RECEIVER, "ReportsAccepted")).isEqualTo(2);
      assertThat(jmx.counts(RECEIVER, "RejectionsByReason"))
          .isEqualTo(
              Map.of(
                  "dkim-missing", 1L,
                  "dkim-misaligned", 1L,
                  "dkim-length-tag", 1L,
                  "dkim-service", 1L,
                  "dkim-failed", 7L));
      assertThat(jmx.number("io.tlsrpt:type=Domain,domain=example.com", "SuccessfulSessions"))
          .isEqualTo(3);
      assertThat(james.log()).contains("does not answer for the From domain reporter.example");
    }
  }

  @Test
  void reportsShouldOutliveADeadDnsAndAKilledServer() throws IOException {
    try (Reporters reporters = new Reporters()) {
      DkimSigner good = reporters.signer("reporter.example");
      JamesHome home = home("james-deferrals", reporters);
      try (JamesServer james = JamesServer.start(home)) {
        deferThree(james, reporters, good);
        james.kill();
      }
      assertThat(deferred(home)).isEqualTo(3);

      try (JamesServer james = JamesServer.start(home);
          JmxClient jmx = james.jmx()) {
        new Administrator(jmx).addUser(RUA, "secret");
        assertThat(jmx.number(RECEIVER, "ReportsDeferred")).isEqualTo(3);
        send(james, good.sign(report(4)));
        new Administrator(jmx).awaitReports(4);
        reporters.dns().setMood(DnsServer.Mood.ANSWERING);
        Waiting.until(
            RECOVERY, "all reports are judged", () -> jmx.number(RECEIVER, "ReportsDeferred") == 0);

        assertThat(jmx.number(RECEIVER, "ReportsReceived")).isEqualTo(4);
        assertThat(jmx.number(RECEIVER, "ReportsAccepted")).isEqualTo(3);
        assertThat(jmx.counts(RECEIVER, "RejectionsByReason")).isEqualTo(Map.of("dkim-failed", 1L));
        assertThat(jmx.number("io.tlsrpt:type=Domain,domain=example.com", "SuccessfulSessions"))
            .isEqualTo(7);
        Waiting.until(RECOVERY, "no file is left", () -> deferred(home) == 0);
      }
    }
  }

  private static void deferThree(JamesServer james, Reporters reporters, DkimSigner good) {
    try (JmxClient jmx = james.jmx()) {
      new Administrator(jmx).addUser(RUA, "secret");
      reporters.dns().setMood(DnsServer.Mood.SERVFAIL);
      send(james, good.sign(report(1)));
      reporters.dns().setMood(DnsServer.Mood.SILENT);
      send(james, good.sign(report(2)));
      send(james, DkimSigner.of("reporter.example", "gone", reporters.key()).sign(report(3)));
      new Administrator(jmx).awaitReports(3);
      assertThat(jmx.number(RECEIVER, "ReportsDeferred")).isEqualTo(3);
      assertThat(jmx.counts(RECEIVER, "DeferralsByReason")).isEqualTo(Map.of("dns", 3L));
    }
  }

  private static JamesHome home(String name, Reporters reporters) {
    JamesHome home =
        JamesHome.create(Build.directory(name), Ports.free(), Build.jarForJames38())
            .withDns(reporters.dns())
            .serving("example.com");
    return home;
  }

  private static long deferred(JamesHome home) {
    Path directory = home.directory().resolve("var/tlsrpt/deferred");
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".mail")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void send(JamesServer james, String mail) {
    new SmtpClient(james.ports().smtp()).send("tls-reports@reporter.example", RUA, mail);
  }

  /** A report of as many sessions as its number says. */
  private static String report(int number) {
    return new ReportMail("reporter.example", "example.com")
        .of(
            Form.MULTIPART_GZIP,
            """
            {"report-id": "%1$d", "policies": [{
              "policy": {"policy-type": "sts", "policy-domain": "example.com"},
              "summary": {"total-successful-session-count": %1$d}}]}
            """
                .formatted(number));
  }
}

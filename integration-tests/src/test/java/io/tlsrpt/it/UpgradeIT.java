// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.it.ReportMail.Form;
import io.tlsrpt.testing.DkimSigner;
import io.tlsrpt.testing.OldDatabase;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Today's jar in a real James 3.8, on the database that release 1.0.0 left, while mails come from
 * the first second on: all old reports again, and new ones of the same reporters among them.
 */
class UpgradeIT {
  private static final String RUA = "tlsrpt@example.com";
  private static final String RECEIVER = "io.tlsrpt:type=Receiver";
  private static final int A_SECOND = 50;

  /** As many of each of four reporters about each of eight domains. */
  private static final int NEW_REPORTS = 384;

  private final LocalDate yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);

  @Test
  void figuresShouldGoOnUnderLoad() {
    JamesHome home =
        JamesHome.create(Build.directory("james-upgrade"), Ports.free(), Build.jarForJames38());
    StoredReports database =
        new StoredReports(home.directory().resolve("var/tlsrpt/reports.db").toAbsolutePath());
    OldDatabase.copyTo(database.file());
    List<String> before = database.totals();
    try (Reporters reporters = new Reporters()) {
      configure(home, reporters);
      List<byte[]> mails = mails(reporters);
      try (JamesServer james = JamesServer.launch(home)) {
        james.awaitMail();
        try (Flood flood = flood(james, mails)) {
          flood.await();
        }
        james.awaitReady();
        assertCounted(james, before);
      }
      assertThat(database.totals()).isEqualTo(after(before));
      assertThat(database.ids()).hasSize(OldDatabase.reports().size() + NEW_REPORTS);
      assertThat(database.integrity()).containsExactly("ok");

      // Nothing is read otherwise the second time.
      try (JamesServer again = JamesServer.start(home);
          JmxClient jmx = again.jmx()) {
        assertThat(shown(jmx)).isEqualTo(after(before));
      }
    }
  }

  private static void configure(JamesHome home, Reporters reporters) {
    home.withDns(reporters.dns())
        .serving(
            Stream.concat(Stream.of("example.com"), OldDatabase.DOMAINS.stream())
                .toArray(String[]::new));
    // The old reports grow older with each day on which this is run.
    home.edit(
        "mailetcontainer.xml",
        "<!-- <retention>400 days</retention> -->",
        "<retention>3650 days</retention>");
    home.edit(
        "mailetcontainer.xml",
        "<!-- <passThrough>true</passThrough> -->",
        "<passThrough>false</passThrough>");
    // This James has no users until somebody adds them, and mails are not to wait for that.
    home.edit(
        "smtpserver.xml",
        "<handler class=\"org.apache.james.smtpserver.fastfail.ValidRcptHandler\"/>",
        "");
  }

  private static Flood flood(JamesServer james, List<byte[]> mails) {
    return new Flood(
        james.ports().smtp(),
        A_SECOND,
        mails.size(),
        (connection, number) ->
            connection.send("tls-reports@reporter.example", RUA, mails.get(number)));
  }

  private void assertCounted(JamesServer james, List<String> before) {
    int old = OldDatabase.reports().size();
    try (JmxClient jmx = james.jmx()) {
      new Administrator(jmx).awaitReports(old + NEW_REPORTS);

      assertThat(jmx.counts(RECEIVER, "RejectionsByReason")).isEmpty();
      assertThat(jmx.number(RECEIVER, "ReportsDeferred")).isZero();
      assertThat(jmx.number(RECEIVER, "ReportsDuplicate")).isEqualTo(old);
      assertThat(jmx.number(RECEIVER, "ReportsAccepted")).isEqualTo(NEW_REPORTS);
      assertThat(jmx.text(RECEIVER, "StoreAvailable")).isEqualTo("true");
      assertThat(shown(jmx)).isEqualTo(after(before));
      assertThat(failed(jmx, "d2.example.com", "certificate-expired"))
          .isEqualTo(100 + NEW_REPORTS / OldDatabase.DOMAINS.size());
      assertThat(failed(jmx, "d4.example.com", "tlsa-invalid")).isEqualTo(2);
    }
    assertThat(james.log()).doesNotContain(" ERROR ");
  }

  private static long failed(JmxClient jmx, String domain, String resultType) {
    return jmx.number(
        "io.tlsrpt:type=Failure,domain=" + domain + ",resultType=" + resultType, "FailedSessions");
  }

  private static List<String> shown(JmxClient jmx) {
    return OldDatabase.DOMAINS.stream()
        .map(
            domain -> {
              String bean = "io.tlsrpt:type=Domain,domain=" + domain;
              return totals(
                  domain,
                  jmx.number(bean, "Reports"),
                  jmx.number(bean, "SuccessfulSessions"),
                  jmx.number(bean, "FailedSessions"));
            })
        .toList();
  }

  /** What is to be shown when the new reports have been added. */
  private static List<String> after(List<String> before) {
    long each = NEW_REPORTS / OldDatabase.DOMAINS.size();
    return before.stream()
        .map(line -> line.split("[ /]"))
        .map(
            line ->
                totals(
                    line[0],
                    Long.parseLong(line[1]) + each,
                    Long.parseLong(line[2]) + 3 * each,
                    Long.parseLong(line[3]) + each))
        .toList();
  }

  private static String totals(String domain, long reports, long successful, long failed) {
    return domain + " " + reports + " " + successful + "/" + failed;
  }

  /** Old and new ones in a mixed order, always the same one. */
  private List<byte[]> mails(Reporters reporters) {
    List<OldDatabase.Report> old = OldDatabase.reports();
    List<DkimSigner> signers =
        old.stream().map(OldDatabase.Report::reporter).distinct().map(reporters::signer).toList();
    List<byte[]> mails = new ArrayList<>();
    for (OldDatabase.Report report : old) {
      DkimSigner signer =
          signers.stream()
              .filter(one -> one.domain().equals(report.reporter()))
              .findFirst()
              .orElseThrow();
      mails.add(mail(signer, report.domains().getFirst(), report.json()));
    }
    for (int i = 0; i < NEW_REPORTS; i++) {
      int domain = i / signers.size() % OldDatabase.DOMAINS.size();
      mails.add(
          mail(
              signers.get(i % signers.size()),
              OldDatabase.DOMAINS.get(domain),
              json(i, OldDatabase.DOMAINS.get(domain))));
    }
    Collections.shuffle(mails, new Random(1));
    return mails;
  }

  private static byte[] mail(DkimSigner signer, String domain, String json) {
    return Octets.of(
        signer.sign(new ReportMail(signer.domain(), domain).of(Form.MULTIPART_GZIP, json)));
  }

  private String json(int number, String domain) {
    return """
        {"report-id": "new %1$d",
         "date-range": {"start-datetime": "%2$sT00:00:00Z", "end-datetime": "%2$sT23:59:59Z"},
         "policies": [{
          "policy": {"policy-type": "sts", "policy-string": ["mode: enforce"],
            "policy-domain": "%3$s"},
          "summary": {"total-successful-session-count": 3, "total-failure-session-count": 1},
          "failure-details": [{"result-type": "certificate-expired", "failed-session-count": 1,
            "receiving-mx-hostname": "mx.%3$s"}]}]}
        """
        .formatted(number, yesterday, domain);
  }
}

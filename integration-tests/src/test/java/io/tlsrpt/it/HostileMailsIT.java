// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.it.ReportMail.Form;
import io.tlsrpt.testing.DkimSigner;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Forgeries, at a real James 3.8. Whoever can make an honest domain send him a signed mail with
 * words of his own in it, or gets a genuine report of it, may change what the signature does not
 * cover and send it on: nothing of that may count.
 */
class HostileMailsIT {
  private static final String VICTIM = "victim.example";

  private static HostileJames james;

  @BeforeAll
  static void start() {
    james =
        HostileJames.start(
            "james-hostile-mails",
            Stream.concat(
                    Stream.of("example.com", VICTIM, "signed-field.example", "subject.example"),
                    IntStream.range(0, HostileLine.all().size()).mapToObj(HostileMailsIT::domain))
                .toArray(String[]::new));
  }

  @AfterAll
  static void stop() {
    james.close();
  }

  /** Each has a domain of its own to forge, so that one that works does not fail the others. */
  private static String domain(int line) {
    return "d" + line + ".example.com";
  }

  static Stream<Arguments> lines() {
    List<HostileLine> lines = HostileLine.all();
    return IntStream.range(0, lines.size()).mapToObj(i -> Arguments.of(lines.get(i), domain(i)));
  }

  @Test
  void signedMailOfATrackerShouldBeNoReport() {
    assertThat(james.judge(tracker("example.com"))).isEqualTo("not-a-report");
    assertThat(james.knows("example.com")).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lines")
  void lineAboveASignedMailShouldMakeItNoReport(HostileLine line, String domain) {
    String outcome = james.judge(line.above(tracker(domain)));

    assertThat(outcome).isIn("dkim-failed", "not-a-report");
    assertThat(james.knows(domain)).isFalse();
  }

  /**
   * James' queue writes question marks into a signed field, and this server has no hook that keeps
   * what was there. Should this fail one day, James has been mended, and the hook can go.
   */
  @Test
  void octetsThatJamesLosesShouldBeASignatureThatFails() {
    String mail =
        new ReportMail("octets.example", "example.com")
            .of(Form.MULTIPART_GZIP, json(9))
            .replace("Subject: ", "Subject: \u00dcberblick! ");

    assertThat(james.judge(james.signer("octets.example").sign(Octets.of(mail))))
        .isEqualTo("dkim-failed");
    assertThat(james.knows("example.com")).isFalse();
  }

  @Test
  void unsignedDomainShouldNotCount() {
    DkimSigner signer = james.signer("postfix.example").withSigned("From", "To", "Message-ID");
    String report = signer.sign(withoutDomain("postfix.example", "evil.example", 1));

    for (String forged :
        List.of(
            "TLS-Report-Domain: " + VICTIM,
            "TLS-Report-Domain\n : " + VICTIM,
            "TLS-Report-Domain\u000b: " + VICTIM,
            "Subject: Report Domain: " + VICTIM + " Submitter: postfix.example Report-ID: <1@x>",
            "TLS-Report-Domain: "
                + VICTIM
                + "\nSubject: Report Domain: "
                + VICTIM
                + " Submitter: postfix.example Report-ID: <1@x>")) {
      assertThat(james.judge(forged + "\n" + report))
          .as(forged)
          .isIn("unknown-domain", "dkim-failed");
    }
    assertThat(james.knows(VICTIM)).isFalse();
  }

  @Test
  void signedSubjectShouldOutweighAnUnsignedDomain() {
    DkimSigner signer =
        james.signer("usual.example").withSigned("From", "To", "Subject", "Message-ID");
    String report = signer.sign(withoutDomain("usual.example", "evil.example", 2));
    String domain = "TLS-Report-Domain: " + VICTIM + "\n";

    assertThat(james.judge(domain + report)).isIn("unknown-domain", "dkim-failed");
    assertThat(
            james.judge(
                domain + "Subject: Report Domain: " + VICTIM + " Submitter: x.example\n" + report))
        .isIn("unknown-domain", "dkim-failed");
    assertThat(james.knows(VICTIM)).isFalse();
  }

  @Test
  void unsignedDomainAboveASignedOneShouldNotCount() {
    String report =
        james
            .signer("careful.example")
            .sign(
                new ReportMail("careful.example", "evil.example").of(Form.MULTIPART_JSON, json(3)));

    for (String colon : List.of(": ", "\n : ", "\u000b: ", " \n\t: ")) {
      assertThat(james.judge("TLS-Report-Domain" + colon + VICTIM + "\n" + report))
          .isIn("unknown-domain", "dkim-failed");
    }
    assertThat(james.knows(VICTIM)).isFalse();
  }

  @Test
  void signedDomainShouldCount() {
    ReportMail mail = new ReportMail("honest.example", "signed-field.example");

    assertThat(
            james.judge(james.signer("honest.example").sign(mail.of(Form.MULTIPART_GZIP, json(4)))))
        .isEqualTo("accepted");
    assertThat(james.number("signed-field.example", "FailedSessions")).isEqualTo(4);
  }

  @Test
  void unsignedDomainShouldCountWhereTheSignedSubjectSaysTheSame() {
    String mail =
        new ReportMail("milter.example", "subject.example").of(Form.MULTIPART_GZIP, json(5));

    assertThat(
            james.judge(
                james
                    .signer("milter.example")
                    .withSigned("From", "To", "Subject", "Date", "Message-ID")
                    .sign(mail)))
        .isEqualTo("accepted");
    assertThat(james.number("subject.example", "FailedSessions")).isEqualTo(5);
  }

  private static String tracker(String forged) {
    return TrackerMail.of(james.signer("reporter.example"), forged);
  }

  /** As Postfix reports when it found no policy, and with a header that names none either. */
  private static String withoutDomain(String reporter, String subject, int failures) {
    return new ReportMail(reporter, subject)
        .of(Form.MULTIPART_JSON, json(failures))
        .replaceAll("TLS-Report-.*\\n", "");
  }

  private static String json(int failures) {
    return """
        {"report-id": "%1$d", "policies": [{
          "policy": {"policy-type": "no-policy-found"},
          "summary": {"total-failure-session-count": %1$d}}]}
        """
        .formatted(failures);
  }
}

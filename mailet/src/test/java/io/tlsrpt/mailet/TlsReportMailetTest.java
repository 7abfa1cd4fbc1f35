// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static io.tlsrpt.mailet.JamesMails.fakeMail;
import static io.tlsrpt.mailet.JamesMails.message;
import static io.tlsrpt.testing.ReportMails.gzipPart;
import static io.tlsrpt.testing.ReportMails.header;
import static io.tlsrpt.testing.ReportMails.jsonPart;
import static io.tlsrpt.testing.ReportMails.mail;
import static io.tlsrpt.testing.ReportMails.multipart;
import static io.tlsrpt.testing.ReportMails.part;
import static io.tlsrpt.testing.ReportMails.report;
import static io.tlsrpt.testing.ReportMails.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.tlsrpt.mailet.james.MailReader.NotJudgedException;
import io.tlsrpt.report.ReportLimits;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.apache.mailet.ProcessingState;
import org.apache.mailet.base.test.FakeMail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TlsReportMailetTest {
  private final ReceiverFixture receiver = new ReceiverFixture();

  @Test
  void reportShouldBeAcceptedAndCounted() throws MessagingException {
    Mail mail = serve(mail(report("1", "example.com", 90, 10)));

    assertThat(attribute(mail, "io.tlsrpt.outcome")).isEqualTo("accepted");
    assertThat(attribute(mail, "io.tlsrpt.reason")).isEqualTo("none");
    assertThat(mail.getState()).isEqualTo("root");
    assertThat(receiver.domain("example.com", "SuccessfulSessions")).isEqualTo(90);
    assertThat(receiver.domain("example.com", "FailedSessions")).isEqualTo(10);
    assertLaw(1, 1, 0, Map.of());
  }

  @Test
  void reportAloneShouldBeRead() throws MessagingException {
    serve(header() + gzipPart(report("1", "example.com", 1, 0)));
    serve(header() + jsonPart(report("2", "example.com", 1, 0)));

    assertLaw(2, 2, 0, Map.of());
  }

  @Test
  void secondArrivalShouldBeADuplicate() throws MessagingException {
    serve(mail(report("1", "example.com", 90, 10)));
    Mail again = serve(mail(report("1", "example.com", 90, 10)));

    assertThat(attribute(again, "io.tlsrpt.outcome")).isEqualTo("duplicate");
    assertThat(receiver.domain("example.com", "Reports")).isEqualTo(1);
    assertLaw(2, 1, 1, Map.of());
  }

  @Test
  void everyReportOfAMailShouldBeCounted() throws MessagingException {
    Mail mail =
        serve(
            header()
                + multipart(
                    "mixed",
                    text(),
                    gzipPart("not JSON"),
                    gzipPart(report("1", "example.com", 1, 0)),
                    jsonPart(report("1", "example.com", 1, 0))));

    assertThat(attribute(mail, "io.tlsrpt.outcome")).isEqualTo("accepted");
    assertLaw(2, 1, 0, Map.of("malformed", 1L));
  }

  @Test
  void rejectionsShouldHaveTheirReasons() throws MessagingException {
    assertRejected("not-a-report", header() + text());
    assertRejected("malformed", mail("{"));
    assertRejected("malformed", mail("{\"policies\": [7]}"));
    assertRejected(
        "decompression",
        header() + part("application/tlsrpt+gzip", new byte[] {0x1f, (byte) 0x8b, 8}));
    assertRejected("unknown-domain", mail(report("1", "foreign.example", 1, 0)));
    assertRejected("invalid-domain", mail(report("1", "exa mple", 1, 0)));
    assertRejected("invalid-count", mail(report("1", "example.com", 10_000_000_001L, 0)));
    assertRejected(
        "invalid-count", mail(report("1", "example.com", 9_000_000_000L, 9_000_000_000L)));
    assertRejected("no-policies", mail("{\"policies\": []}"));
    assertRejected("limit", mail("[".repeat(100).replaceFirst("\\[", "{\"x\":")));

    assertLaw(
        10,
        0,
        0,
        Map.of(
            "not-a-report", 1L,
            "malformed", 2L,
            "decompression", 1L,
            "unknown-domain", 1L,
            "invalid-domain", 1L,
            "invalid-count", 2L,
            "no-policies", 1L,
            "limit", 1L));
    assertThat(receiver.names()).noneMatch(name -> name.contains("domain="));
  }

  @Test
  void sizesShouldBeLimited() throws MessagingException {
    TlsReportMailet mailet = receiver.mailet("maxMessageSize", "20 KiB", "maxReportSize", "10 KiB");
    Mail tooLarge = fakeMail(header() + "\n" + "x".repeat(20_480));
    Mail bomb = fakeMail(mail(" ".repeat(10_241)));
    mailet.service(tooLarge);
    mailet.service(bomb);

    assertThat(attribute(tooLarge, "io.tlsrpt.reason")).isEqualTo("message-too-large");
    assertThat(attribute(bomb, "io.tlsrpt.reason")).isEqualTo("report-too-large");
  }

  @Test
  void forwardedReportShouldNotBeBelieved() throws MessagingException {
    String forwarded = "Content-Type: message/rfc822\n\n" + mail(report("1", "example.com", 1, 0));

    assertRejected("not-a-report", header() + multipart("mixed", text(), forwarded));
  }

  @Test
  void nestingAndNumberOfPartsShouldBeLimited() throws MessagingException {
    String nested = gzipPart(report("1", "example.com", 1, 0));
    for (int depth = 0; depth < 10; depth++) {
      nested = multipart("mixed", nested);
    }
    Mail deep = serve(header() + nested);
    assertThat(attribute(deep, "io.tlsrpt.outcome")).isEqualTo("accepted");
    assertRejected("limit", header() + multipart("mixed", nested));

    String[] parts = IntStream.range(0, 100).mapToObj(i -> text()).toArray(String[]::new);
    assertRejected("limit", header() + multipart("mixed", parts));
  }

  @Test
  void brokenMimeShouldBeRejectedAndNeverThrow() throws MessagingException {
    assertRejected("not-a-report", header() + "Content-Type: multipart/report\n\nno boundary");
    assertRejected(
        "not-a-report", header() + "Content-Type: multipart/report; boundary=b\n\nnothing of it");
    assertRejected(
        "no-policies",
        header()
            + "Content-Type: application/tlsrpt+json\nContent-Transfer-Encoding: x-rot13\n\n{}");
    assertRejected("not-a-report", header() + "Content-Type: ;;;\n\n{}");
  }

  @Test
  void mailOfNothingButBoundariesShouldCostNothing() throws MessagingException {
    String parts = "--b\n\n".repeat(1_000_000);

    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertRejected(
                "limit", header() + "Content-Type: multipart/mixed; boundary=b\n\n" + parts));
  }

  @Test
  void hostileHeaderFieldsShouldCostNothing() throws MessagingException {
    String hostile = ("(".repeat(900) + "\n ").repeat(500);
    String mail =
        mail(report("1", "example.com", 1, 0))
            .replaceAll("TLS-Report-.*\n", "")
            .replaceFirst("From: .*\n", "From: " + hostile + "\nSender: x\n");

    assertTimeoutPreemptively(Duration.ofSeconds(20), () -> serve(mail));
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertRejected(
                "not-a-report", header() + "Content-Type: text/plain; " + hostile + "\n\nx"));
    assertLaw(2, 1, 0, Map.of("not-a-report", 1L));
  }

  @Test
  void errorOfTheServerShouldNotEscape() throws MessagingException {
    FakeMail mail =
        FakeMail.builder()
            .name("mail-1")
            .recipient("tlsrpt@example.com")
            .mimeMessage(
                new MimeMessage(message(mail("{}"))) {
                  @Override
                  public void writeTo(OutputStream out) {
                    throw new NoClassDefFoundError("of another version of the server");
                  }
                })
            .state("root")
            .build();
    receiver.mailet().service(mail);

    assertThat(attribute(mail, "io.tlsrpt.reason")).isEqualTo("internal");
  }

  @Test
  void foreignEntriesShouldBeLeftOut() throws MessagingException {
    String own = report("1", "example.com", 5, 0);
    String entry = own.substring(own.indexOf("[{") + 1, own.lastIndexOf(']'));
    serve(
        mail(
            own.replace(
                entry,
                entry
                    + ","
                    + entry.replace("example.com", "foreign.example")
                    + ","
                    + entry.replace("example.com", "EXAMPLE.org."))));

    assertThat(receiver.domain("example.com", "SuccessfulSessions")).isEqualTo(5);
    assertThat(receiver.domain("example.org", "SuccessfulSessions")).isEqualTo(5);
    assertThat(receiver.names()).noneMatch(name -> name.contains("foreign"));
  }

  @Test
  void headerShouldNameTheDomainThatAnEntryLeavesOut() throws MessagingException {
    serve(
        mail(report("1", "example.com", 5, 0).replace(", \"policy-domain\": \"example.com\"", "")));

    assertThat(receiver.domain("example.com", "SuccessfulSessions")).isEqualTo(5);
  }

  @Test
  void reporterShouldBeTheSubmitterElseTheDomainOfFrom() throws MessagingException {
    String json = report("1", "example.com", 1, 0);
    serve(mail(json));
    serve(mail(json).replaceAll("TLS-Report-Submitter.*\n", ""));
    Mail submitterAgain = serve(mail(json).replaceAll("From: .*\n", "From: <x@other.example>\n"));

    assertThat(attribute(submitterAgain, "io.tlsrpt.outcome")).isEqualTo("duplicate");
    assertThat(receiver.domain("example.com", "Reporters")).isEqualTo(2);
  }

  @Test
  void furtherDomainsShouldBeAccepted() throws MessagingException {
    TlsReportMailet mailet = receiver.mailet("domains", "mx.example, *.customer.example");
    for (String domain : List.of("mx.example", "a.customer.example", "customer.example")) {
      mailet.service(fakeMail(mail(report("1", domain, 1, 0))));
    }

    assertLaw(3, 2, 0, Map.of("unknown-domain", 1L));
  }

  @Test
  void domainsShouldBeLimited() throws MessagingException {
    TlsReportMailet mailet = receiver.mailet("maxDomains", "1");
    mailet.service(fakeMail(mail(report("1", "example.com", 1, 0))));
    mailet.service(fakeMail(mail(report("2", "example.org", 1, 0))));

    assertLaw(2, 1, 0, Map.of("domain-limit", 1L));
    assertThat(receiver.receiver("DomainLimit")).isEqualTo(1);
  }

  @Test
  void mailShouldNotBeChanged() throws MessagingException, IOException {
    FakeMail mail = fakeMail(mail(report("1", "example.com", 1, 0)));
    String before = bytes(mail);
    receiver.mailet().service(mail);

    assertThat(bytes(mail)).isEqualTo(before);
    assertThat(mail.getRecipients()).hasSize(1);
  }

  @Test
  void judgedMailShouldBeLeftAlone() throws MessagingException {
    Mail mail = fakeMail(mail(report("1", "example.com", 1, 0)));
    mail.setAttribute(
        new Attribute(AttributeName.of("io.tlsrpt.outcome"), AttributeValue.of("accepted")));
    receiver.mailet().service(mail);

    assertThat(receiver.receiver("ReportsReceived")).isZero();
  }

  @Test
  void countedMailShouldBeDroppedWithoutPassThrough() throws MessagingException {
    TlsReportMailet mailet = receiver.mailet("passThrough", "false");
    Mail accepted = fakeMail(mail(report("1", "example.com", 1, 0)));
    Mail duplicate = fakeMail(mail(report("1", "example.com", 1, 0)));
    Mail rejected = fakeMail(mail("{"));
    Mail partly =
        fakeMail(
            header()
                + multipart("mixed", gzipPart(report("2", "example.com", 1, 0)), jsonPart("{")));
    for (Mail mail : List.of(accepted, duplicate, rejected, partly)) {
      mailet.service(mail);
    }

    assertThat(accepted.getState()).isEqualTo(Mail.GHOST);
    assertThat(duplicate.getState()).isEqualTo(Mail.GHOST);
    assertThat(rejected.getState()).isEqualTo("root");
    assertThat(partly.getState()).isEqualTo("root");
  }

  @Test
  void rejectedMailShouldGoToItsProcessor() throws MessagingException {
    TlsReportMailet mailet = receiver.mailet("rejectedProcessor", "quarantine");
    Mail rejected = fakeMail(mail("{"));
    Mail accepted = fakeMail(mail(report("1", "example.com", 1, 0)));
    mailet.service(rejected);
    mailet.service(accepted);

    assertThat(rejected.getState()).isEqualTo("quarantine");
    assertThat(accepted.getState()).isEqualTo("root");
    assertThat(mailet.requiredProcessingState()).containsExactly(new ProcessingState("quarantine"));
    assertThat(receiver.mailet().requiredProcessingState()).isEmpty();
  }

  @FunctionalInterface
  interface Failure {
    void happen() throws IOException, MessagingException;
  }

  static Stream<Failure> failuresOfTheWorld() {
    return Stream.of(
        () -> {
          throw new IOException("the store of bodies is out of reach");
        },
        () -> {
          throw new MessagingException("the body is not there");
        },
        () -> {
          throw new IllegalStateException("the client of the store is closed");
        },
        () -> {
          throw new OutOfMemoryError("Java heap space");
        });
  }

  @ParameterizedTest
  @MethodSource("failuresOfTheWorld")
  void mailThatCannotBeReadNowShouldHaveAnotherChance(Failure failure) throws MessagingException {
    TlsReportMailet mailet = receiver.mailet();
    AtomicBoolean failing = new AtomicBoolean(true);
    FakeMail mail = mailWhoseWriting(failing, failure);

    assertThatExceptionOfType(NotJudgedException.class)
        .isThrownBy(() -> mailet.service(mail))
        .withMessageContaining("mail-1");
    assertThat(mail.attributes()).isEmpty();
    assertLaw(0, 0, 0, Map.of());

    failing.set(false);
    mailet.service(mail);
    assertThat(attribute(mail, "io.tlsrpt.outcome")).isEqualTo("accepted");
    assertLaw(1, 1, 0, Map.of());
  }

  private static FakeMail mailWhoseWriting(AtomicBoolean fails, Failure failure)
      throws MessagingException {
    return FakeMail.builder()
        .name("mail-1")
        .recipient("tlsrpt@example.com")
        .mimeMessage(
            new MimeMessage(message(mail(report("1", "example.com", 1, 0)))) {
              @Override
              public void writeTo(OutputStream out) throws IOException, MessagingException {
                if (fails.get()) {
                  failure.happen();
                }
                super.writeTo(out);
              }
            })
        .state("root")
        .build();
  }

  @Test
  void mailWithoutAMessageShouldStayWithTheServer() throws MessagingException {
    TlsReportMailet mailet = receiver.mailet();
    FakeMail mail =
        FakeMail.builder().name("mail-1").recipient("tlsrpt@example.com").state("root").build();

    assertThatExceptionOfType(NotJudgedException.class).isThrownBy(() -> mailet.service(mail));
    assertThat(mail.attributes()).isEmpty();
  }

  @Test
  void bodyPartsShouldShareTheLimitsOfTheirMail() throws MessagingException {
    String details = "{},".repeat(ReportLimits.DEFAULT.maxFailureDetails() - 1) + "{}";
    String large =
        report("large", "example.com", 1, 0)
            .replace("\"policies\": [{", "\"policies\": [{\"failure-details\": [" + details + "],");
    FakeMail mail =
        fakeMail(
            header()
                + multipart(
                    "mixed",
                    gzipPart(large),
                    gzipPart(report("2", "example.com", 10, 0)),
                    gzipPart(large.replace("\"large\"", "\"larger\"")),
                    gzipPart(report("3", "example.com", 100, 0))));
    receiver.mailet().service(mail);

    assertThat(receiver.domain("example.com", "SuccessfulSessions")).isEqualTo(111);
    assertLaw(4, 3, 0, Map.of("limit", 1L));
  }

  @Test
  void manyThreadsShouldCountEveryReportOnce() throws Exception {
    TlsReportMailet mailet = receiver.mailet();
    int reports = 200;
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Callable<String>> mails =
          IntStream.range(0, 2 * reports)
              .<Callable<String>>mapToObj(
                  i ->
                      () -> {
                        Mail mail = fakeMail(mail(report("" + i % reports, "example.com", 3, 1)));
                        mailet.service(mail);
                        return attribute(mail, "io.tlsrpt.outcome");
                      })
              .toList();
      for (Future<String> outcome : threads.invokeAll(mails)) {
        assertThat(outcome.get()).isIn("accepted", "duplicate");
      }
    }

    assertLaw(2L * reports, reports, reports, Map.of());
    assertThat(receiver.domain("example.com", "SuccessfulSessions")).isEqualTo(3L * reports);
    assertThat(receiver.domain("example.com", "FailedSessions")).isEqualTo(reports);
  }

  private Mail serve(String mail) throws MessagingException {
    FakeMail fake = fakeMail(mail);
    receiver.mailet().service(fake);
    return fake;
  }

  private void assertRejected(String reason, String mail) throws MessagingException {
    Mail rejected = serve(mail);
    assertThat(attribute(rejected, "io.tlsrpt.outcome")).isEqualTo("rejected");
    assertThat(attribute(rejected, "io.tlsrpt.reason")).isEqualTo(reason);
    assertThat(rejected.getState()).isEqualTo("root");
  }

  private void assertLaw(
      long received, long accepted, long duplicate, Map<String, Long> rejections) {
    long rejected = rejections.values().stream().mapToLong(Long::longValue).sum();
    assertThat(receiver.receiver("ReportsReceived")).isEqualTo(received);
    assertThat(receiver.receiver("ReportsAccepted")).isEqualTo(accepted);
    assertThat(receiver.receiver("ReportsDuplicate")).isEqualTo(duplicate);
    assertThat(receiver.receiver("ReportsRejected")).isEqualTo(rejected);
    assertThat(receiver.rejections()).isEqualTo(rejections);
    assertThat(
            receiver.receiver("ReportsAccepted")
                + receiver.receiver("ReportsDuplicate")
                + receiver.receiver("ReportsRejected"))
        .isEqualTo(receiver.receiver("ReportsReceived"));
  }

  private static String attribute(Mail mail, String name) {
    return mail.getAttribute(AttributeName.of(name))
        .map(attribute -> String.valueOf(attribute.getValue().value()))
        .orElse("none");
  }

  private static String bytes(Mail mail) throws MessagingException, IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    mail.getMessage().writeTo(out);
    return out.toString(UTF_8);
  }
}

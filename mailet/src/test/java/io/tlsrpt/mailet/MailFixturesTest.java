// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.tlsrpt.report.Deviation;
import io.tlsrpt.testing.DnsServer;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.openmbean.CompositeData;
import org.apache.mailet.base.test.FakeMail;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Puts every mail of the folders through the mailet. The expected outcome is in a file beside it.
 */
class MailFixturesTest {
  private static final Path MAILS = Path.of("src/test/resources/io/tlsrpt/mailet/mails");

  private static final DnsServer DNS = DnsServer.start();

  @AfterAll
  static void stopDns() {
    DNS.close();
  }

  @TestFactory
  Stream<DynamicTest> reportsInEveryShapeShouldBeRead() throws IOException {
    return fixtures(
        "read", expected -> assertThat(expected).startsWith("accepted").contains("rejections: {}"));
  }

  @TestFactory
  Stream<DynamicTest> whatIsNoReportShouldBeRefused() throws IOException {
    return fixtures("refused", expected -> assertThat(expected).startsWith("rejected"));
  }

  /** These mails were signed by another implementation; their keys are in files beside them. */
  @TestFactory
  Stream<DynamicTest> signedMailsShouldBeJudgedBySignature() throws IOException {
    for (String key : Files.readAllLines(MAILS.resolve("signed/keys.txt"))) {
      int blank = key.indexOf(' ');
      DNS.serveText(key.substring(0, blank), key.substring(blank + 1));
    }
    DNS.useInThisProcess();
    return mails(MAILS.resolve("signed")).stream()
        .map(
            mail ->
                dynamicTest(
                    mail.getFileName().toString(),
                    () ->
                        assertThat(judged(List.of(mail), "dkim", "required"))
                            .isEqualTo(Files.readString(Path.of(mail + ".expected")))));
  }

  @TestFactory
  Stream<DynamicTest> mailsThatFollowEachOtherShouldCountOnce() throws IOException {
    List<Path> folders = list(MAILS.resolve("several"), folder -> true);
    return folders.stream()
        .map(
            folder ->
                dynamicTest(
                    folder.getFileName().toString(),
                    () ->
                        assertThat(judged(mails(folder)))
                            .isEqualTo(Files.readString(folder.resolve("expected")))));
  }

  private static Stream<DynamicTest> fixtures(String folder, Consumer<String> ofTheFolder)
      throws IOException {
    return mails(MAILS.resolve(folder)).stream()
        .map(
            mail ->
                dynamicTest(
                    mail.getFileName().toString(),
                    () -> {
                      String expected = Files.readString(Path.of(mail + ".expected"));
                      ofTheFolder.accept(expected);
                      assertThat(judged(List.of(mail))).isEqualTo(expected);
                    }));
  }

  private static List<Path> mails(Path folder) throws IOException {
    return list(folder, file -> file.toString().endsWith(".eml"));
  }

  private static List<Path> list(Path folder, Predicate<Path> wanted) throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      List<Path> found = list.filter(wanted).sorted().toList();
      assertThat(found).as("files in " + folder).isNotEmpty();
      return found;
    }
  }

  private static String judged(List<Path> files, String... parameters)
      throws IOException, MessagingException {
    ReceiverFixture receiver = new ReceiverFixture();
    TlsReportMailet mailet = receiver.mailet(parameters);
    List<String> outcomes = new ArrayList<>();
    for (Path file : files) {
      FakeMail mail = JamesMails.fakeMail(Files.readString(file));
      mailet.service(mail);
      outcomes.add(ReceiverFixture.outcome(mail).replaceAll(" .*", ""));
    }
    return """
        %s
        reports received: %d
        rejections: %s
        deviations: %s
        example.com: %s
        """
        .formatted(
            String.join(", ", outcomes),
            receiver.receiver("ReportsReceived"),
            receiver.rejections(),
            deviations(receiver),
            sessions(receiver));
  }

  private static String deviations(ReceiverFixture receiver) {
    CompositeData counts =
        (CompositeData) receiver.value("io.tlsrpt:type=Receiver", "DeviationsByKind");
    return Arrays.stream(Deviation.values())
        .map(Deviation::key)
        .filter(kind -> !counts.get(kind).equals(0L))
        .collect(Collectors.joining(", "));
  }

  private static String sessions(ReceiverFixture receiver) {
    return receiver.names().stream().anyMatch(name -> name.contains("domain=example.com"))
        ? receiver.domain("example.com", "SuccessfulSessions")
            + " successful, "
            + receiver.domain("example.com", "FailedSessions")
            + " failed"
        : "nothing";
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.load;

import io.tlsrpt.it.ReportMail;
import io.tlsrpt.it.ReportMail.Form;
import io.tlsrpt.it.Reporters;
import io.tlsrpt.testing.DkimSigner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/**
 * Mails by number; the same number always is the same report. Of 1,000: 598 good ones of ten
 * reporters about 500 domains, one in ten with failures; 100 that came before; 100 forged; 100
 * broken; a bomb; one too many levels deep; 100 that are no reports.
 */
final class LoadMails {
  private static final int REPORTERS = 10;
  private static final int DAYS = 20;
  private static final int BOMB_SIZE = 30 << 20;

  private final LocalDate today = LocalDate.now(ZoneOffset.UTC);
  private final List<DkimSigner> signers;
  private final byte[] bomb = bomb();

  LoadMails(Reporters reporters) {
    signers = reporters().stream().map(reporters::signer).toList();
  }

  static String domain(int number) {
    return "d" + number % LoadedJames.DOMAINS + ".example.com";
  }

  static List<String> reporters() {
    return IntStream.range(0, REPORTERS).mapToObj(LoadMails::reporter).toList();
  }

  static String reporter(int number) {
    return "reporter" + number % REPORTERS + ".example";
  }

  /** What becomes of a mail: an outcome, or the reason of a rejection. */
  static String expected(int number) {
    int kind = number % 1_000;
    if (kind == 0) {
      return "report-too-large";
    }
    if (kind == 1) {
      return "limit";
    }
    return switch (number % 10) {
      case 6 -> number > 1_000 ? "duplicate" : "accepted";
      case 7 -> number % 20 == 7 ? "dkim-missing" : "dkim-misaligned";
      case 8 -> number % 20 == 8 ? "malformed" : "decompression";
      case 9 -> "not-a-report";
      default -> "accepted";
    };
  }

  /** A mail of the mixture. */
  byte[] mixed(int number) {
    return switch (expected(number)) {
      case "accepted" -> good(number);
      case "duplicate" -> good(number - 4);
      case "dkim-missing" -> crlf(mail(number).of(Form.MULTIPART_GZIP, json(number)));
      case "dkim-misaligned" ->
          crlf(signer(number + 1).sign(mail(number).of(Form.MULTIPART_GZIP, json(number))));
      case "malformed" -> signed(number, "{\"policies\": [", Optional.empty());
      case "decompression" -> signed(number, "", Optional.of(new byte[] {31, -117, 8, 0, 1, 2, 3}));
      case "limit" -> signed(number, "{\"x\": " + "[".repeat(5_000), Optional.empty());
      case "report-too-large" -> signed(number, "", Optional.of(bomb));
      default -> crlf(mail(number).withoutReport());
    };
  }

  /** A report of its own. */
  byte[] good(int number) {
    return signed(number, json(number), Optional.empty());
  }

  /** A mail that has nothing to do with reports; its Message-ID has the number. */
  static byte[] other(int number) {
    return crlf(
        """
        From: friend@elsewhere.example
        To: somebody@example.com
        Subject: Hello
        Message-ID: <other-%d@elsewhere.example>
        MIME-Version: 1.0
        Content-Type: text/plain

        %s
        """
            .formatted(number, "Nothing in particular. ".repeat(100)));
  }

  private byte[] signed(int number, String json, Optional<byte[]> bytes) {
    ReportMail mail = mail(number);
    return crlf(
        signer(number)
            .sign(
                bytes.isPresent()
                    ? mail.of(Form.MULTIPART_GZIP, bytes.get())
                    : mail.of(Form.MULTIPART_GZIP, json)));
  }

  private DkimSigner signer(int number) {
    return signers.get(number % REPORTERS);
  }

  private static ReportMail mail(int number) {
    return new ReportMail(reporter(number), domain(number / REPORTERS));
  }

  private String json(int number) {
    // Day after day, as reports come.
    LocalDate day = today.minusDays(DAYS - number / REPORTERS / LoadedJames.DOMAINS % DAYS);
    String domain = domain(number / REPORTERS);
    long failed = number % 10 == 0 ? 7 : 0;
    String details =
        """
        , "failure-details": [
           {"result-type": "certificate-expired", "failed-session-count": 5,
            "sending-mta-ip": "198.51.100.7", "receiving-mx-hostname": "mx1.%1$s",
            "receiving-ip": "192.0.2.25"},
           {"result-type": "starttls-not-supported", "failed-session-count": 2,
            "sending-mta-ip": "198.51.100.8", "receiving-mx-hostname": "mx2.%1$s",
            "receiving-ip": "192.0.2.26"}]
        """
            .formatted(domain);
    return """
        {"organization-name": "Reporter", "contact-info": "tls@%1$s", "report-id": "%2$d@%1$s",
         "date-range": {"start-datetime": "%3$sT00:00:00Z", "end-datetime": "%3$sT23:59:59Z"},
         "policies": [{
           "policy": {"policy-type": "sts", "policy-domain": "%4$s",
             "policy-string": ["version: STSv1", "mode: enforce", "mx: *.%4$s", "max_age: 604800"],
             "mx-host": ["*.%4$s"]},
           "summary": {"total-successful-session-count": %5$d,
             "total-failure-session-count": %6$d}%7$s}]}
        """
        .formatted(
            reporter(number),
            number,
            day,
            domain,
            100 + number % 900,
            failed,
            failed > 0 ? details : "");
  }

  /** More than a report may be, in few bytes. */
  private static byte[] bomb() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write("{\"a\":\"".getBytes(StandardCharsets.US_ASCII));
      byte[] spaces = " ".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
      gzip.write("\",".getBytes(StandardCharsets.US_ASCII));
      for (int written = 0; written < BOMB_SIZE; written += spaces.length) {
        gzip.write(spaces);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] crlf(String mail) {
    return mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.checks.dns.Answer.Absent;
import io.tlsrpt.checks.dns.Answer.Bogus;
import io.tlsrpt.checks.dns.Answer.Found;
import io.tlsrpt.checks.dns.Answer.Unavailable;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.testing.DnsServer;
import io.tlsrpt.testing.DnsServer.Mood;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

class QuestionsTest {
  private static final DomainName DOMAIN = new DomainName("example.com");
  private static final DomainName HOST = new DomainName("mx.example.com");
  private static final Duration SHORT = Duration.ofMillis(300);

  private final DnsServer dns = DnsServer.start();
  private final Questions questions = new Questions(InstantSource.fixed(Instant.EPOCH));

  @BeforeEach
  void use() {
    dns.useInThisProcess();
  }

  @AfterEach
  void stop() {
    dns.close();
  }

  @Test
  void textsShouldBeJoined() {
    dns.serveTexts("_smtp._tls.example.com", "v=TLSRPTv1; é " + "x".repeat(500), "other");

    assertThat(texts())
        .isEqualTo(
            new Found<>(
                List.of("v=TLSRPTv1; é " + "x".repeat(500), "other"),
                0,
                false,
                "_smtp._tls.example.com",
                Duration.ofMinutes(5)));
  }

  @Test
  void textsOfAnAliasShouldBeFound() {
    dns.serve("_smtp._tls.example.com", Type.CNAME, "Reports.Example.net.");
    dns.serveText("reports.example.net", "v=TLSRPTv1;");

    assertThat(texts())
        .isEqualTo(
            new Found<>(
                List.of("v=TLSRPTv1;"), 0, false, "reports.example.net", Duration.ofMinutes(5)));
  }

  @Test
  void textsBeyondTheLimitShouldBeCountedAndThoseWithAVersionKept() {
    String[] texts =
        IntStream.range(0, 14).mapToObj(i -> "verification=" + i).toArray(String[]::new);
    texts[13] = "v=TLSRPTv1; rua=";
    dns.serveTexts("_smtp._tls.example.com", texts);

    Found<String> found = found(texts());

    assertThat(found.records()).hasSize(10).startsWith("v=TLSRPTv1; rua=");
    assertThat(found.more()).isEqualTo(4);
  }

  @Test
  void missingNameAndMissingTypeShouldBeToldApart() {
    assertThat(texts()).isEqualTo(new Absent<String>(false, false));

    dns.serve("_smtp._tls.example.com", Type.A, "192.0.2.1");

    assertThat(texts()).isEqualTo(new Absent<String>(false, true));
  }

  @Test
  void answerShouldBeSecureIfTheResolverVouches() {
    dns.zone("example.com").setSecure(true);

    assertThat(texts()).isEqualTo(new Absent<String>(true, false));

    dns.serveText("_smtp._tls.example.com", "v=TLSRPTv1;");

    assertThat(found(texts()).secure()).isTrue();
  }

  @Test
  void bogusZoneShouldBeToldByItsErrorWithoutAskingAgain() {
    dns.zone("example.com").setBogus(7, "since <yesterday>\n");

    assertThat(texts()).isEqualTo(new Bogus<String>("signature expired: since \\u003cyesterday>"));
    assertThat(dns.queries()).isEqualTo(1);
  }

  @Test
  void bogusZoneShouldBeToldByAnsweringWithoutValidation() {
    // As a resolver that says of no error what it is.
    dns.zone("example.com").setBogus(0, "");
    dns.serveText("_smtp._tls.example.com", "v=TLSRPTv1;");

    assertThat(texts()).isEqualTo(new Bogus<String>("other"));
    assertThat(dns.queries()).isEqualTo(2);

    dns.forget("_smtp._tls.example.com");

    assertThat(texts()).isInstanceOf(Bogus.class);
  }

  @Test
  void resolverThatFailsShouldSayNothingAboutTheDomain() {
    dns.setMood(Mood.SERVFAIL);

    assertThat(texts()).isEqualTo(new Unavailable<String>("SERVFAIL"));
    assertThat(questions.mx(DOMAIN)).isEqualTo(new MailHosts.Unavailable("SERVFAIL"));
    assertThat(questions.addresses(HOST)).isEqualTo(new Unavailable<InetAddress>("SERVFAIL"));
  }

  @Test
  void silentResolverShouldNotBeAwaitedForLong() {
    dns.setMood(Mood.SILENT);
    Questions impatient = new Questions(InstantSource.fixed(Instant.EPOCH), SHORT);

    assertThat(impatient.texts("_smtp._tls", DOMAIN))
        .isEqualTo(new Unavailable<String>("no answer within 0 seconds"));
    assertThat(impatient.resolverValidates()).isEmpty();
  }

  @Test
  void interruptedThreadShouldAskNoLonger() {
    dns.setMood(Mood.SILENT);
    Thread.currentThread().interrupt();

    assertThat(texts()).isEqualTo(new Unavailable<String>("the server is stopping"));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void chainOfAliasesShouldBeFollowedToItsEighthLink() {
    alias(8);
    assertThat(found(texts()).owner()).isEqualTo("a8.example.com");

    dns.forget("a8.example.com");
    alias(9);
    assertThat(texts()).isEqualTo(new Unavailable<String>("too many aliases in a row (CNAME)"));
  }

  @Test
  void circleOfAliasesShouldEnd() {
    dns.serve("_smtp._tls.example.com", Type.CNAME, "b.example.com.");
    dns.serve("b.example.com", Type.CNAME, "_smtp._tls.example.com.");

    assertThat(texts()).isEqualTo(new Unavailable<String>("too many aliases in a row (CNAME)"));
  }

  @Test
  void nameThatIsTooLongShouldBeNoQuestion() {
    DomainName longest = new DomainName("a.".repeat(126) + "a");

    assertThat(questions.texts("_smtp._tls", longest))
        .isEqualTo(new Unavailable<String>("too long a name for the DNS"));
    assertThat(dns.queries()).isZero();
  }

  private void alias(int links) {
    dns.serve("_smtp._tls.example.com", Type.CNAME, "a1.example.com.");
    for (int i = 1; i < links; i++) {
      dns.serve("a%d.example.com".formatted(i), Type.CNAME, "a%d.example.com.".formatted(i + 1));
    }
    dns.serveText("a%d.example.com".formatted(links), "v=TLSRPTv1;");
  }

  private Answer<String> texts() {
    return questions.texts("_smtp._tls", DOMAIN);
  }

  private static <T> Found<T> found(Answer<T> answer) {
    assertThat(answer).isInstanceOf(Found.class);
    return (Found<T>) answer;
  }
}

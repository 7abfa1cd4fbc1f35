// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.notifications;

import static io.tlsrpt.notifications.SampleSource.failed;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.event.DomainEvent;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a sender writes stays within a line of the text. */
class HostileTextProperties {
  private static final Pattern HOST_NAME = Pattern.compile("[a-z0-9_.-]+");
  private static final String ANOTHER = "no host name";

  @Property(tries = 500)
  void hostShouldStayWithinItsLine(@ForAll("hosts") String host) {
    Assume.that(!host.isBlank() && !HOST_NAME.matcher(host).matches());
    NoticeMail mail = mail(host);
    NoticeMail other = mail(ANOTHER);

    assertThat(mail.header()).isEqualTo(other.header());
    List<String> lines = mail.body().lines().toList();
    List<String> expected = other.body().lines().toList();
    assertThat(lines).hasSameSizeAs(expected);
    List<String> different = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).equals(expected.get(i))) {
        different.add(lines.get(i));
      }
    }
    assertThat(different).hasSizeLessThanOrEqualTo(1);
    assertThat(different)
        .allSatisfy(
            line ->
                assertThat(line)
                    .startsWith("   ")
                    .hasSizeLessThan(300)
                    .doesNotContain("://", "@", "<", "\u202e", "\t")
                    .doesNotContainIgnoringCase("www.")
                    .doesNotContainIgnoringCase("mailto:"));
  }

  @Provide
  Arbitrary<String> hosts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(300),
        Arbitraries.strings().withChars("\r\n\t <>@:/.\u202e\u2028wmailto\"'").ofMaxLength(60),
        Arbitraries.of(
            "mx.example.com\r\nBcc: victim@example.net\r\n\r\nhello",
            "http://evil.example/?x=1",
            "HTTPS://WWW.EVIL.EXAMPLE",
            "www.evil.example/path",
            "mailto:victim@example.net",
            "<a href='http://evil.example'>",
            "mx; rm -rf /",
            "\u202egnp.exe",
            "-- ",
            "From here"));
  }

  @Example
  void codesAndInformationShouldNotBeToldAtAll() {
    assertThat(mail("mx.example.com").body()).doesNotContain("evil");
  }

  @Example
  void hostOfAnotherDomainShouldNotBeInTheSubject() {
    assertThat(mail("mx.evil.example").subject())
        .isEqualTo("TLS reports: example.com loses mail since 24 Nov: certificate-expired");
  }

  private static NoticeMail mail(String host) {
    SampleSource source = new SampleSource();
    source.established("example.com", "enforce");
    List<DomainEvent> events =
        source.receive(
            "bigmail.example", "example.com", "enforce", 1, failed("certificate-expired", 5, host));
    source.pass(Duration.ofMinutes(10));
    Writer writer =
        new Writer(
            new NotificationSettings(
                List.of("admin@example.net"), DigestRhythm.OFF, Optional.empty()),
            () -> DeskFixture.SENDER,
            source,
            Memory.empty(LocalDate.parse("2026-11-25")));
    List<Notice> notices = events.stream().<Notice>map(Notice.OfDomain::new).toList();
    return writer.events(Gathered.of(notices), source.now()).mail();
  }
}

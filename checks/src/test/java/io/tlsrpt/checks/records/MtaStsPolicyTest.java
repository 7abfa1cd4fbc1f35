// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.records;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.checks.records.MtaStsPolicy.Invalid;
import io.tlsrpt.checks.records.MtaStsPolicy.Valid;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.MtaStsMode;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MtaStsPolicyTest {
  private static final String GOOD =
      "version: STSv1\nmode: testing\nmx: mx.example.com\nmx: *.example.net\nmax_age: 86400\n";

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void policyShouldBeReadWithEitherLineEnd(String lineEnd) {
    Valid policy = valid(GOOD.replace("\n", lineEnd) + lineEnd + lineEnd);

    assertThat(policy.mode()).isEqualTo(MtaStsMode.TESTING);
    assertThat(policy.maxAge()).isEqualTo(Duration.ofDays(1));
    assertThat(policy.patterns()).hasToString("[mx.example.com, *.example.net]");
    assertThat(policy.notes()).isEmpty();
  }

  @Test
  void policyShouldCoverItsHosts() {
    Valid policy = valid(GOOD);

    assertThat(policy.covers(new DomainName("mx.example.com"))).isTrue();
    assertThat(policy.covers(new DomainName("a.example.net"))).isTrue();
    assertThat(policy.covers(new DomainName("a.b.example.net"))).isFalse();
    assertThat(policy.coversButForLabels(new DomainName("a.b.example.net")))
        .hasToString("Optional[*.example.net]");
    assertThat(policy.coversButForLabels(new DomainName("a.example.net"))).isEmpty();
    assertThat(policy.coversButForLabels(new DomainName("example.org"))).isEmpty();
  }

  @Test
  void linesThatNoHostMatchesShouldBeFound() {
    Valid policy = valid(GOOD);

    assertThat(policy.unmatched(List.of(new DomainName("mx.example.com"))))
        .hasToString("[*.example.net]");
    assertThat(policy.unmatched(List.of())).hasSize(2);
    assertThat(
            policy.unmatched(
                List.of(new DomainName("mx.example.com"), new DomainName("a.example.net"))))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "version: STSv1 | version: STSv2           | the policy's version is STSv2",
        "version: STSv1 | Version: STSv1           | the policy has no version",
        "mode: testing  | mode: enforced           | the policy's mode is enforced",
        "mode: testing  | mode: Testing            | the policy's mode is Testing",
        "mode: testing  | mode: unknown            | the policy's mode is unknown",
        "mode: testing  | mode:                    | the policy's mode is",
        "mode: testing  | x: y                     | the policy has no mode",
        "max_age: 86400 | max_age: -1              | the policy's max_age is -1",
        "max_age: 86400 | max_age: 1d              | the policy's max_age is 1d",
        "max_age: 86400 | max_age: 12345678901     | the policy's max_age is 12345678901",
        "max_age: 86400 | max_age: ٣               | the policy's max_age is ٣",
        "max_age: 86400 | x: y                     | the policy has no max_age",
        "max_age: 86400 | and so on                | the policy has a line without a colon: and so on",
        "max_age: 86400 | <html>                   | the policy has a line without a colon: \\u003chtml>",
        "mx: *.example.net | mx: *.*.example.net   | the policy has an mx: line that is no name: *.*.example.net",
        "mx: *.example.net | mx: [192.0.2.1]       | the policy has an mx: line that is no name: [192.0.2.1]",
        "mx: *.example.net | mx:                   | the policy has an mx: line that is no name:",
      })
  void faultShouldBeNamed(String line, String instead, String words) {
    assertThat(policy(GOOD.replace(line, instead)))
        .isInstanceOfSatisfying(
            Invalid.class, invalid -> assertThat(invalid.words().strip()).isEqualTo(words));
  }

  @Test
  void policyShouldNeedAHostUnlessItIsRetired() {
    String noHosts = "version: STSv1\nmode: %s\nmax_age: 86400\n";

    assertThat(policy(noHosts.formatted("testing")))
        .isEqualTo(new Invalid("the policy has no mx: line"));
    assertThat(valid(noHosts.formatted("none")).mode()).isEqualTo(MtaStsMode.NONE);
    assertThat(policy("")).isEqualTo(new Invalid("the policy has no version"));
  }

  @Test
  void firstOfRepeatedKeysShouldCount() {
    assertThat(valid(GOOD + "mode: enforce\nmax_age: 1\nversion: STSv2\nnew: key").mode())
        .isEqualTo(MtaStsMode.TESTING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max_age: 31557600   | ",
        "max_age: 9999999999 | max_age is 9999999999: counts as 31557600, a year",
        "max_age: 3600 | max_age is 3600, less than a day: senders forget the policy between two mails",
        "max_age: 0 | max_age is 0, less than a day: senders forget the policy between two mails",
        "mode : testing | the policy has blanks around a key: some senders do not take it",
      })
  void whatCouldBeBetterShouldBeNoted(String line, String note) {
    String key = line.substring(0, 4);
    String text =
        GOOD.lines()
            .map(old -> old.startsWith(key) ? line.strip() : old)
            .collect(Collectors.joining("\n"));

    if (note == null) {
      assertThat(valid(text).notes()).isEmpty();
    } else {
      assertThat(valid(text).notes()).containsExactly(note.strip());
    }
  }

  @Test
  void lifeShouldBeAYearAtMost() {
    assertThat(valid(GOOD.replace("86400", "9999999999")).maxAge())
        .isEqualTo(MtaStsPolicy.LONGEST)
        .hasSeconds(31_557_600);
  }

  @Test
  void shortLifeShouldBeNotedOfAnEnforcedPolicyOnly() {
    String enforced = GOOD.replace("testing", "enforce");

    assertThat(valid(enforced).notes())
        .containsExactly("max_age is 86400, less than a week: short for mode enforce");
    assertThat(valid(enforced.replace("86400", "604800")).notes()).isEmpty();
  }

  @Test
  void blankLineWithinShouldBeNotedOnce() {
    assertThat(valid(GOOD.replace("\n", "\n\n")).notes())
        .containsExactly("the policy has a blank line within: some senders do not take it");
  }

  @Test
  void hostsKeptShouldBeBounded() {
    String hosts =
        IntStream.range(0, 5_000)
            .mapToObj("mx: mx%d.example.org\n"::formatted)
            .collect(Collectors.joining());

    assertThat(valid(GOOD + hosts).patterns()).hasSize(MtaStsPolicy.MAX_PATTERNS);
    assertThat(valid(GOOD + hosts).notes())
        .containsExactly("the policy has more than 100 mx: lines: the others are not looked at");
    assertThat(valid(GOOD + "mx: mx.example.com\n".repeat(1_000)).notes()).isEmpty();
  }

  @Test
  void policyThatIsNotUtf8ShouldBeRead() {
    byte[] text = GOOD.getBytes(UTF_8);
    text[GOOD.indexOf("example.com")] = (byte) 0xe9;

    assertThat(MtaStsPolicy.parse(text)).isInstanceOf(Invalid.class);
    assertThat(policy("\uFEFF" + GOOD)).isEqualTo(new Invalid("the policy has no version"));
  }

  @Property
  void anyOctetsShouldBeRead(@ForAll byte[] octets) {
    assertThat(MtaStsPolicy.parse(octets)).isNotNull();
  }

  @Property
  void anyChangeOfAPolicyShouldBeRead(@ForAll int at, @ForAll byte octet, @ForAll String end) {
    byte[] text = (GOOD + end).getBytes(UTF_8);
    text[Math.floorMod(at, text.length)] = octet;

    if (MtaStsPolicy.parse(text) instanceof Invalid invalid) {
      assertThat(invalid.words()).hasSizeLessThan(200).doesNotContain("\n", "<");
    }
  }

  private static MtaStsPolicy policy(String text) {
    return MtaStsPolicy.parse(text.getBytes(UTF_8));
  }

  private static Valid valid(String text) {
    MtaStsPolicy policy = policy(text);
    assertThat(policy).isInstanceOf(Valid.class);
    return (Valid) policy;
  }
}

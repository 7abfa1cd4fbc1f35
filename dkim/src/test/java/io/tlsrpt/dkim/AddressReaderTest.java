// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.dkim.Author.Known;
import io.tlsrpt.dkim.Author.Unknown;
import io.tlsrpt.report.DomainName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressReaderTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "tls@d.example",
        " tls@d.example ",
        "tls@D.Example",
        "<tls@d.example>",
        "TLS Reports <tls@d.example>",
        "TLS Reports<tls@d.example>",
        "\r\n\tTLS\r\n\tReports\r\n <tls@d.example>\r\n ",
        "Report of J. Q. Public <tls@d.example>",
        ".. <tls@d.example>",
        "\"Sender, Inc.\" <tls@d.example>",
        "\"evil@e.example\" <tls@d.example>",
        "\"evil <evil@e.example>\" <tls@d.example>",
        "\"a \\\" b\" <tls@d.example>",
        "\"\" <tls@d.example>",
        "\"a\" b \"c\" <tls@d.example>",
        "tls@d.example (evil@e.example)",
        "(evil@e.example) tls@d.example",
        "tls(a)@(b)d.example",
        "tls@d(a).(b)example",
        "a (nested (comment) of) name <tls@d.example>",
        "(a \\) b) tls@d.example",
        "(a \\( b) tls@d.example",
        "(\"a) tls@d.example",
        "( tls @ d . example ) tls @ d . example",
        "< tls @ d.example >",
        "tls@d\r\n .example",
        "\"quoted local\"@d.example",
        "\"a@b\"@d.example",
        "\"a\\\"@b\"@d.example",
        "\"a\".b.\"c\"@d.example",
        "a . b @d.example",
        ".tls@d.example",
        "tls.@d.example",
        "t..ls@d.example",
        "!#$%&'*+-/=?^_`{|}~@d.example",
        "B\u00fccher GmbH <tls@d.example>",
        "\ufffd\ufffd <tls@d.example>",
        "b\u00fccher@d.example",
        "=?utf-8?q?a?= <tls@d.example>"
      })
  void addressInLegalDressShouldBeRead(String from) {
    assertThat(author(from)).isEqualTo(new Known(new DomainName("d.example")));
  }

  @ParameterizedTest
  @CsvSource({
    "tls@b\u00fccher.example, xn--bcher-kva.example",
    "tls@xn--bcher-kva.example, xn--bcher-kva.example",
    "tls@_1.d.example, _1.d.example",
    "tls@localhost, localhost",
    "TLS <tls@(a\\)b)d.example>, d.example"
  })
  void domainShouldBeTold(String from, String domain) {
    assertThat(author(from)).isEqualTo(new Known(new DomainName(domain)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|is empty",
        "' \t '|is empty",
        "'(only a comment)'|is empty",
        "a@d.example, b@e.example|comma",
        "a@d.example,|comma",
        ",a@d.example|comma",
        "Sender, Inc. <a@d.example>|comma",
        "<a@d.example>, <b@e.example>|comma",
        "Report: TLS <a@d.example>|colon",
        "group: a@d.example;|colon",
        "undisclosed-recipients:;|colon",
        "a@d.example;|semicolon",
        "<@x.example:a@d.example>|character 2",
        "a@[192.0.2.1]|bracket",
        "<a@[IPv6:2001:db8::1]>|bracket",
        "a@d.example <b@e.example>|addresses of two domains",
        "<a@d.example> <b@e.example>|character",
        "<a@d.example> b@e.example|character",
        "<a@d.example> b|character",
        "<<a@d.example>>|character 2",
        "a@d.example b|character",
        "a@d.example@e.example|character",
        "a@b@d.example|character",
        "a b@d.example|character",
        "\"a\"b@d.example|character",
        "\"a\" \"b\"@d.example|character",
        "\"a@d.example|quote that does not end",
        "\"a\\|quote that does not end",
        "\"a\" \" <a@d.example>|quote that does not end",
        "(a@d.example|comment that does not end",
        "a@d.example (b (c)|comment that does not end",
        "(a\\|comment that does not end",
        "a@d.example)|character",
        "a)@d.example|character",
        "<a@d.example|ends before its address does",
        "a@d.example>|character",
        "<>|character 2",
        "Name <>|character 7",
        "Name|ends before its address does",
        "@d.example|character 1",
        "a@|ends before its address does",
        "TLS <a|ends before its address does",
        "<a@>|character",
        "tls@d.|domain of the From address ends in a dot",
        "<tls@d.example.>|ends in a dot",
        "tls@d. (c)|ends in a dot",
        "tls@.d.example|no host name",
        "tls@d..example|no host name",
        "tls@d e|character",
        "tls@d\\.example|character",
        "tls@d_!.example|no host name",
        "tls@-d.example|no host name",
        "tls@d\ufffd.example|no host name",
        "tls@\"d\".example|character"
      })
  void whatMayBeReadAsAnotherAddressShouldBeRefusedInWords(String from, String words) {
    assertThat(author(from))
        .isInstanceOfSatisfying(
            Unknown.class, unknown -> assertThat(unknown.why()).contains(words).matches("[ -~]+"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0000tls@d.example", "tls@d\u0000.example", "a\u0001b <tls@d.example>"})
  void controlCharactersShouldBeRefused(String from) {
    assertThat(author(from)).isInstanceOf(Unknown.class);
  }

  /** Work that grows with the square of the length would not end. */
  @ParameterizedTest
  @ValueSource(
      strings = {"(", "()", "\"", "\"\"", "\\", "a ", "a.", ". ", "<", "@", "a@", "(\\", "\r\n "})
  void longFieldShouldBeReadInLinearTime(String piece) {
    int times = (1 << 20) / piece.length();
    assertThat(author(piece.repeat(times))).isInstanceOf(Unknown.class);
    assertThat(author("a@" + piece.repeat(times))).isInstanceOf(Unknown.class);
  }

  @Test
  void deepCommentShouldBeRead() {
    assertThat(author("(".repeat(500_000) + ")".repeat(500_000) + "tls@d.example"))
        .isEqualTo(new Known(new DomainName("d.example")));
  }

  private static Author author(String from) {
    return new AddressReader(from).author();
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.checks.records.TlsRptRecord.Good;
import io.tlsrpt.checks.records.TlsRptRecord.None;
import io.tlsrpt.checks.records.TlsRptRecord.Several;
import io.tlsrpt.checks.records.TlsRptRecord.Unreadable;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsRptRecordTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v=TLSRPTv1; rua=mailto:tls@example.net               | tls@example.net",
        "v=TLSRPTv1;rua=mailto:tls@example.net;               | tls@example.net",
        "v=TLSRPTv1 ;\trua = mailto:tls@EXAMPLE.net ;;        | tls@example.net",
        "v=TLSRPTv1; rua=MAILTO:Tls@example.net               | Tls@example.net",
        "v=TLSRPTv1; rua=mailto:a%21b%2Cc%25@example.net      | a!b,c%@example.net",
        "v=TLSRPTv1; rua=mailto:100%@example.net              | 100%@example.net",
        "v=TLSRPTv1; rua=mailto:tls@example.net!10m           | tls@example.net",
        "v=TLSRPTv1; rua=mailto:tls@example.net?subject=TLS   | tls@example.net",
        "v=TLSRPTv1; x-new=1; rua=mailto:tls@example.net      | tls@example.net",
        "v=TLSRPTv1; rua=mailto:%3Cb%3E@example.net           | \\u003cb>@example.net",
        "v=TLSRPTv1; rua=mailto:a@example.net , mailto:b@example.org | a@example.net b@example.org",
        "v=TLSRPTv1; rua=mailto:a@example.net; rua=mailto:b@example.org | a@example.net b@example.org",
        "v=TLSRPTv1; rua=https://r.example.net/v1,mailto:a@example.net | https://r.example.net/v1 a@example.net",
        "v=TLSRPTv1; rua=tls@example.net,mailto:a@example.net | a@example.net",
      })
  void recordShouldNameWhereReportsGo(String text, String ruas) {
    assertThat(TlsRptRecord.of(List.of(text)))
        .asInstanceOf(InstanceOfAssertFactories.type(Good.class))
        .extracting(record -> String.join(" ", record.ruas().stream().map(Rua::text).toList()))
        .isEqualTo(ruas);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v=TLSRPTv1;",
        "v=TLSRPTv1; rua=",
        "v=TLSRPTv1; ruf=mailto:tls@example.net",
        "v=TLSRPTv1; RUA=mailto:tls@example.net",
        "v=TLSRPTv1; rua=tls@example.net",
        "v=TLSRPTv1; rua=mailto:example.net",
        "v=TLSRPTv1; rua=mailto:@example.net",
        "v=TLSRPTv1; rua=mailto:tls@not a name",
        "v=TLSRPTv1; rua=http://example.net/",
        "v=TLSRPTv1; rua=https:",
        "v=TLSRPTv1; mailto:tls@example.net",
        "v=TLSRPTv1; rua=mailto:tls@example.net; and more",
      })
  void recordOfNoUseShouldBeQuoted(String text) {
    assertThat(TlsRptRecord.of(List.of(text)))
        .asInstanceOf(InstanceOfAssertFactories.type(Unreadable.class))
        .extracting(Unreadable::words, InstanceOfAssertFactories.STRING)
        .startsWith("the TLS-RPT record ")
        .endsWith(text);
  }

  @Test
  void otherTextsShouldNotCount() {
    assertThat(TlsRptRecord.of(List.of())).isEqualTo(new None(Optional.empty()));
    assertThat(TlsRptRecord.of(List.of("v=spf1 -all", "v=TLSRPTv12; rua=mailto:a@example.net")))
        .isEqualTo(new None(Optional.empty()));
    assertThat(TlsRptRecord.of(List.of("v=spf1 -all", "v=TLSRPTv1; rua=mailto:a@example.net")))
        .isInstanceOf(Good.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v=TLSRPTv1",
        "v=tlsrptv1; rua=mailto:a@example.net",
        " v=TLSRPTv1; rua=mailto:a@example.net",
        "v = TLSRPTv1; rua=mailto:a@example.net",
        "v=TLSRPTv1, rua=mailto:a@example.net",
        "\"v=TLSRPTv1; rua=mailto:a@example.net\"",
      })
  void textThatWasMeantAsOneShouldBeShown(String text) {
    assertThat(TlsRptRecord.of(List.of("v=spf1 -all", text)))
        .isEqualTo(new None(Optional.of(text)));
  }

  @Test
  void severalRecordsShouldBeAsNone() {
    String text = "v=TLSRPTv1; rua=mailto:a@example.net";

    assertThat(TlsRptRecord.of(List.of(text, text)))
        .isEqualTo(new Several(2))
        .extracting(several -> ((Several) several).words())
        .isEqualTo("2 TLS-RPT records: senders take none of them");
  }

  @Test
  void addressShouldBeComparedInFullBeforeTheSignOnly() {
    Good record = (Good) TlsRptRecord.of(List.of("v=TLSRPTv1; rua=mailto:Tls%2Ba@Example.net"));
    Rua.Mail mail = record.mails().getFirst();

    assertThat(mail.is("Tls+a@EXAMPLE.NET")).isTrue();
    assertThat(mail.is("tls+a@example.net")).isFalse();
    assertThat(mail.is("Tls+a@mail.example.net")).isFalse();
    assertThat(mail.is("example.net")).isFalse();
  }

  @Test
  void whatIsKeptShouldBeBounded() {
    String many = "v=TLSRPTv1; rua=" + "mailto:a@example.net,".repeat(1_000);
    String nonsense = "v=TLSRPTv1; rua=" + "x".repeat(5_000);

    assertThat(((Good) TlsRptRecord.of(List.of(many))).ruas()).hasSize(TlsRptRecord.MAX_RUAS);
    assertThat(((Unreadable) TlsRptRecord.of(List.of(nonsense))).words()).hasSizeLessThan(200);
  }

  @Property
  void anyTextShouldBeRead(@ForAll List<String> texts, @ForAll String end) {
    assertThat(TlsRptRecord.of(texts)).isNotNull();
    assertThat(TlsRptRecord.of(List.of("v=TLSRPTv1;" + end))).isNotInstanceOf(None.class);
    assertThat(TlsRptRecord.of(List.of("v=TLSRPTv1; rua=mailto:%" + end))).isNotNull();
  }
}

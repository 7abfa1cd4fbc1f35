// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagListTest {
  @ParameterizedTest
  @CsvSource({
    "'a=b', b",
    "' a = b ', b",
    "'\r\n\ta\r\n\t=\r\n\tb\r\n\t;', b",
    "'x=1;a=b', b",
    "';;a=b;;', b",
    "'a=b=c==', b=c==",
    "'a=', ''",
    "'a= ; x=1', ''",
    "'A=1; a=b', b",
    "'a=b\u000bc', b\u000bc"
  })
  void valueShouldBeRead(String text, String value) {
    assertThat(TagList.parse(text).flatMap(tags -> tags.value("a"))).hasValue(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a;b=c",
        "=b",
        "a=1;a=1",
        "1=2",
        "_a=b",
        "a b=c",
        "\u00e4=b",
        "a-b=c",
        "a=b;c"
      })
  void listThatIsNoneShouldBeRefused(String text) {
    assertThat(TagList.parse(text)).isEmpty();
  }

  @Test
  void placeOfAValueShouldIncludeTheBlanksAroundIt() {
    String text = " a=1; b = \r\n\tx y\r\n ; c=2";
    TagList.Tag tag = TagList.parse(text).flatMap(tags -> tags.tag("b")).orElseThrow();
    assertThat(tag.value()).isEqualTo("x y");
    assertThat(text.substring(tag.start(), tag.end())).isEqualTo(" \r\n\tx y\r\n ");
  }

  @Test
  void listWithinAValueShouldBeInLowerCase() {
    assertThat(TagList.split("From : To\r\n\t:dkim-Signature::"))
        .isEqualTo(List.of("from", "to", "dkim-signature", "", ""));
  }

  @Test
  void firstTagShouldBeTold() {
    assertThat(TagList.parse("; v=1; a=2"))
        .hasValueSatisfying(tags -> assertThat(tags.beginsWith("v")).isTrue());
    assertThat(TagList.parse("a=2; v=1"))
        .hasValueSatisfying(tags -> assertThat(tags.beginsWith("v")).isFalse());
    assertThat(TagList.parse(""))
        .hasValueSatisfying(tags -> assertThat(tags.beginsWith("v")).isFalse());
  }
}

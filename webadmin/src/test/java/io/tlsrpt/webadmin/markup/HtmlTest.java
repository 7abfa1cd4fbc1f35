// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.markup;

import static io.tlsrpt.webadmin.markup.Html.a;
import static io.tlsrpt.webadmin.markup.Html.all;
import static io.tlsrpt.webadmin.markup.Html.el;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlTest {
  @Test
  void textShouldBeEscaped() {
    assertThat(written(el("p", "<b>\"R&D\"</b> it's")))
        .isEqualTo("<p>&lt;b&gt;&quot;R&amp;D&quot;&lt;/b&gt; it&#39;s</p>");
  }

  @Test
  void attributesShouldBeEscaped() {
    assertThat(written(a("x?a=1&b=\"><img>", "there")))
        .isEqualTo("<a href=\"x?a=1&amp;b=&quot;&gt;&lt;img&gt;\">there</a>");
  }

  @Test
  void elementsWithoutContentShouldNotBeClosed() {
    assertThat(written(el("input").with("name", "q").flagged("checked", true)))
        .isEqualTo("<input name=\"q\" checked=\"\">");
    assertThat(written(el("p"))).isEqualTo("<p></p>");
  }

  @Test
  void flagThatIsNotSetShouldBeLeftOut() {
    assertThat(written(el("option", "any").flagged("selected", false)))
        .isEqualTo("<option>any</option>");
  }

  @Test
  void piecesShouldFollowEachOther() {
    assertThat(written(all(el("b", 1), " and ", all(List.of(el("i", "2"))), Html.none())))
        .isEqualTo("<b>1</b> and <i>2</i>");
  }

  @Test
  void whatIsNoPieceShouldBeRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> el("p", new Object()));
  }

  private static String written(Html piece) {
    StringBuilder text = new StringBuilder();
    Html.write(piece, text);
    return text.toString();
  }
}

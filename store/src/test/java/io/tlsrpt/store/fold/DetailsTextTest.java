// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.fold;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tlsrpt.report.DetailSelection;
import io.tlsrpt.report.FailureDetails;
import io.tlsrpt.report.ResultType;
import io.tlsrpt.store.StoredReports;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A column that a person can read at the database's prompt: what it holds must not change. */
class DetailsTextTest {
  private static final FailureDetails EXPIRED =
      StoredReports.failed("certificate-expired", 3, "mx1.example.com");

  @Test
  void detailsShouldBeWrittenAsTheyAreRead() {
    List<FailureDetails> details = List.of(EXPIRED, told("A \"reason\""));

    assertThat(DetailsText.write(details))
        .hasValue(
            "[[\"certificate-expired\",3,\"203.0.113.25\",\"mx1.example.com\",\"198.51.100.7\"],"
                + "[\"validation-failure\",1,null,null,null,null,null,\"A \\\"reason\\\"\"]]");
    assertThat(DetailsText.read(DetailsText.write(details))).isEqualTo(details);
  }

  @Test
  void eachTextShouldHaveItsPlace() {
    FailureDetails all =
        new FailureDetails(
            new ResultType("tlsa-invalid"),
            Optional.of("sending"),
            Optional.of("hostname"),
            Optional.of("helo"),
            Optional.of("receiving"),
            1,
            Optional.of("information"),
            Optional.of("code"));

    Optional<String> text = DetailsText.write(List.of(all));

    assertThat(text)
        .hasValue(
            "[[\"tlsa-invalid\",1,\"sending\",\"hostname\",\"receiving\",\"helo\","
                + "\"information\",\"code\"]]");
    assertThat(DetailsText.read(text)).containsExactly(all);
  }

  @Test
  void noDetailsShouldTakeNoText() {
    assertThat(DetailsText.write(List.of())).isEmpty();
    assertThat(DetailsText.read(Optional.empty())).isEmpty();
  }

  @Test
  void longTextShouldBeCutAt255Characters() {
    assertThat(DetailsText.read(DetailsText.write(List.of(told("x".repeat(256))))))
        .containsExactly(told("x".repeat(255)));
  }

  /** The selection counts octets without writing them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "\"quoted\\\"",
        "\u0000\u001f\n",
        "B\u00fcro",
        "\u65e5",
        "\ud83d\ude00"
      })
  void textShouldTakeNoMoreRoomThanWasCounted(String reason) {
    List<FailureDetails> details = List.of(EXPIRED, told(reason));
    int room = 0;
    while (DetailSelection.of(details, room).size() < details.size()) {
      room++;
    }

    assertThat(DetailsText.write(details).orElseThrow().getBytes(UTF_8))
        .hasSizeLessThanOrEqualTo(room);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "no",
        "[",
        "[1]",
        "[[]]",
        "[[1]]",
        "[[\"other\"]]",
        "[[\"other\",-1]]",
        "[[\"other\",1.5]]",
        "[[\"other\",99999999999999999999]]",
        "[[\"other\",1",
        "[[\"other\",1,2]]",
        "[[\"other\",1,[\"x\"]]]",
        "[[\"other\",1],2]",
        "[[\"other\",1]] x",
      })
  void whatWasNeverWrittenShouldBeRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> DetailsText.read(Optional.of(text)));
  }

  private static FailureDetails told(String reason) {
    return new FailureDetails(
        new ResultType("validation-failure"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1,
        Optional.empty(),
        Optional.of(reason));
  }
}

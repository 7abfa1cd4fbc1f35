// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.report.DomainName;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class QuestionTest {
  private static final Address HERE = Address.found("192.0.2.1");

  private final Question<String, Address> question =
      new Question<>("mx.a.example", new Line(new DomainName("a.example"), false), new Addresses());

  @Test
  void answerShouldBeThereForWhoeverWaits() {
    question.begin();
    question.end(HERE);
    assertThat(question.wasAsked()).isTrue();
    assertThat(question.await(0)).isEqualTo(HERE);
    assertThat(question.await(-1)).isEqualTo(HERE);
  }

  @Test
  void waitShouldEndWithoutAnAnswer() {
    question.begin();
    assertThat(question.await(Duration.ofMillis(10).toNanos()))
        .isEqualTo(Address.unasked("no answer yet"));
  }

  @Test
  void waitShouldEndWithTheServer() {
    Thread.currentThread().interrupt();
    assertThat(question.await(Duration.ofSeconds(60).toNanos()))
        .isEqualTo(Address.unasked("the server is stopping"));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  @Tag("slow")
  void onlyTheDnsThatWasAskedShouldBeSilent() throws Exception {
    Question<String, Address> inLine =
        new Question<>(
            "mx.b.example", new Line(new DomainName("b.example"), false), new Addresses());
    question.begin();
    assertThat(question.isSilent()).isFalse();

    Thread.sleep(3_100);
    assertThat(question.isSilent()).isTrue();
    assertThat(question.await(0)).isEqualTo(Address.unanswered("no answer yet"));
    assertThat(inLine.isSilent()).isFalse();
    assertThat(inLine.await(0)).isEqualTo(Address.unasked("no answer yet"));

    // A slow answer is an answer; the end without one is none.
    inLine.end(Address.unasked("not reached"));
    assertThat(inLine.isSilent()).isFalse();
    question.end(HERE);
    assertThat(question.isSilent()).isFalse();
  }
}

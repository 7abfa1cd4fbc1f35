// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.posture.DomainCheck;
import io.tlsrpt.figures.posture.MxCheck;
import io.tlsrpt.figures.posture.Posture;
import io.tlsrpt.figures.posture.PublishedMode;
import io.tlsrpt.figures.posture.Seen;
import io.tlsrpt.report.DomainName;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostureTextTest {
  private static final String MX = "mx.example.com";

  private final Looked looked =
      new Looked()
          .domain(
              "example.com",
              PublishedMode.ENFORCE,
              Map.of(DomainCheck.MTA_STS, Seen.failing("status 404")),
              MX,
              "unseen.example.com");

  @Test
  void allShouldBeTold() {
    looked.host(MX, 1, Map.of(MxCheck.STARTTLS, Seen.failing("no STARTTLS")));

    assertThat(PostureText.of(posture(), looked))
        .isEqualTo(
            """
            example.com, looked at 25 Nov 2026 14:02 UTC, as seen from this server
            tlsrpt-record: ok
            mta-sts: failing
                status 404
            mx: ok
            dane: absent
                no TLSA records
            drift: ok

            MX host 10 mx.example.com
              starttls: failing
                no STARTTLS
              certificate: ok
              certificate-lasts: ok
              dane: ok

            MX host 10 unseen.example.com""");
  }

  @Test
  void hostsShouldBeTold() {
    looked.host(
        MX,
        1,
        Map.of(
            MxCheck.STARTTLS, Seen.failing("no STARTTLS"), MxCheck.DANE, Seen.failing("no match")));

    assertThat(PostureText.mxHosts(posture(), looked))
        .containsExactly(
            "10 mx.example.com: starttls failing; dane failing", "10 unseen.example.com");
  }

  @Test
  void hostShouldBeCalledGoodOnlyIfItWasReached() {
    assertThat(word(Seen.OK)).isEqualTo("10 mx.example.com: ok");
    assertThat(word(Seen.unknown("no connection"))).isEqualTo("10 mx.example.com: unknown");
    assertThat(word(Seen.OFF)).isEqualTo("10 mx.example.com: off");
    assertThat(word(Seen.NOT_YET)).isEqualTo("10 mx.example.com: not-yet");
  }

  private String word(Seen starttls) {
    looked.host(MX, 1, Map.of(MxCheck.STARTTLS, starttls));
    return PostureText.mxHosts(posture(), looked).getFirst();
  }

  private Posture posture() {
    return looked.domain(new DomainName("example.com")).orElseThrow();
  }
}

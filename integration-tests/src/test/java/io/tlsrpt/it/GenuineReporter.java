// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import io.tlsrpt.it.ReportMail.Form;
import io.tlsrpt.testing.DkimSigner;
import io.tlsrpt.testing.DnsZone;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A reporter each of whose reports tells of one session with the same domain, and which signs each
 * by the next of its keys: what is in a cache is of no use to it.
 */
final class GenuineReporter {
  private final HostileJames james;
  private final String domain;
  private final String about;
  private final List<DkimSigner> signers;
  private int sent;

  /**
   * A reporter whose zone answers.
   *
   * @param about a domain that no other reporter tells of
   */
  GenuineReporter(HostileJames james, String domain, String about, int keys) {
    this.james = james;
    this.domain = domain;
    this.about = about;
    this.signers =
        IntStream.range(0, keys)
            .mapToObj(i -> james.reporters().signer(domain, selector(i)))
            .toList();
    zone().setDelay(Duration.ZERO);
  }

  /** The selector of a key. */
  static String selector(int key) {
    return "key" + key;
  }

  String domain() {
    return domain;
  }

  DnsZone zone() {
    return james.reporters().dns().zone(domain);
  }

  void send() {
    String report =
        new ReportMail(domain, about)
            .of(
                Form.MULTIPART_GZIP,
                """
                {"report-id": "%1$d", "policies": [{
                  "policy": {"policy-type": "sts", "policy-domain": "%2$s"},
                  "summary": {"total-successful-session-count": 1}}]}
                """
                    .formatted(sent, about));
    james.send(Octets.of(signers.get(sent % signers.size()).sign(report)));
    sent++;
  }

  int sent() {
    return sent;
  }

  /** How many of its reports, and no others, are in the figures. */
  long accepted() {
    return james.knows(about) ? james.number(about, "SuccessfulSessions") : 0;
  }

  void awaitAccepted(Duration patience) {
    Waiting.until(patience, "the reports of " + domain + " are accepted", () -> accepted() == sent);
  }
}

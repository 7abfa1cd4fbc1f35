// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import io.tlsrpt.figures.posture.CheckState;
import io.tlsrpt.figures.posture.DomainCheck;
import io.tlsrpt.figures.posture.LookRefusedException;
import io.tlsrpt.figures.posture.Posture;
import io.tlsrpt.figures.posture.Postures;
import io.tlsrpt.view.PostureText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.management.openmbean.SimpleType;

/**
 * {@code io.tlsrpt:type=Posture,domain=…}: what a domain publishes, as this server sees it. There
 * with reports or without, so it is not part of {@code type=Domain}.
 */
final class PostureBean {
  static final BeanType<Shown> TYPE =
      new BeanType<>(
          "io.tlsrpt.Posture",
          "What one policy domain publishes, as this server sees it.",
          Stream.of(figures(), statuses(), policy()).flatMap(List::stream).toList(),
          List.of(
              new Operation<>(
                  "check",
                  List.of(),
                  SimpleType.STRING,
                  "Looks now, at most once a minute; then the same as report.",
                  (shown, given) -> shown.check()),
              new Operation<>(
                  "report",
                  List.of(),
                  SimpleType.STRING,
                  "What the last look saw, as a page to read.",
                  (shown, given) -> PostureText.of(shown.posture(), shown.postures()))));

  private PostureBean() {}

  private static List<Attribute<Shown>> figures() {
    return List.of(
        Attribute.number(
            "Problems", "checks", "Checks that are failing.", shown -> shown.posture().problems()),
        Attribute.texts(
            "Findings",
            "What is wrong or worth a note, the most important first, each as check: words.",
            shown -> shown.posture().findings()),
        Attribute.time("LastCheck", "When the last look was.", shown -> shown.posture().lastLook()),
        Attribute.time(
            "NextCheck", "When the next look is due.", shown -> shown.posture().nextLook()));
  }

  private static List<Attribute<Shown>> statuses() {
    List<Attribute<Shown>> attributes = new ArrayList<>();
    attributes.addAll(
        status(
            "TlsRptRecord",
            DomainCheck.TLSRPT_RECORD,
            "the TLS-RPT record asks for reports, to an address that is ours"));
    attributes.addAll(
        status("MtaSts", DomainCheck.MTA_STS, "the MTA-STS record and policy can be used"));
    attributes.addAll(status("Mx", DomainCheck.MX, "the policy names each MX host"));
    attributes.addAll(
        status("Dane", DomainCheck.DANE, "TLSA records are usable, and DNSSEC vouches for them"));
    attributes.addAll(
        status("Drift", DomainCheck.DRIFT, "reporters see the policy mode that is published"));
    return attributes;
  }

  private static List<Attribute<Shown>> status(String name, DomainCheck check, String good) {
    return List.of(
        Attribute.text(
            name,
            "Whether " + good + ": ok, failing, unknown, absent, off, not-yet.",
            shown -> shown.state(check).status().key()),
        Attribute.perhaps(
            name + "Ok",
            "Whether " + good + "; null where nothing can be said.",
            shown -> shown.state(check).status().ok()));
  }

  private static List<Attribute<Shown>> policy() {
    return List.of(
        Attribute.text(
            "PublishedMode",
            "Mode of the published MTA-STS policy: enforce, testing, none, absent, unknown.",
            shown -> shown.posture().policy().mode().key()),
        Attribute.text(
            "PublishedPolicyId",
            "The id of the MTA-STS record; empty if it is not known.",
            shown -> shown.posture().policy().id()),
        Attribute.number(
            "PublishedMaxAge",
            "seconds",
            "How long senders may keep the policy.",
            shown -> shown.posture().policy().maxAge().toSeconds()),
        Attribute.texts(
            "MxHosts",
            "The MX hosts, the most preferred first, each with how its checks stand.",
            shown -> PostureText.mxHosts(shown.posture(), shown.postures())),
        Attribute.time(
            "PolicyCertificateExpires",
            "When the certificate of the policy host ends; null until one was seen.",
            shown -> shown.posture().policyCertificateExpires()));
  }

  /** A posture, and whom to ask for a look. */
  record Shown(Posture posture, Postures postures) {
    CheckState state(DomainCheck check) {
      return posture.check(check);
    }

    String check() {
      try {
        return postures
            .look(posture.domain())
            .map(after -> PostureText.of(after, postures))
            .orElseThrow(
                () -> new IllegalArgumentException(posture.domain() + " is not looked at"));
      } catch (LookRefusedException e) {
        throw new IllegalArgumentException(e.getMessage(), e);
      }
    }
  }
}

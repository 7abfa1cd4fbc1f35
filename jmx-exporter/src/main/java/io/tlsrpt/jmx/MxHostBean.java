// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import io.tlsrpt.figures.posture.MxCheck;
import io.tlsrpt.figures.posture.MxPosture;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code io.tlsrpt:type=MxHost,host=…}: an MX host, as this server sees it; one for all domains
 * whose MX host it is.
 */
final class MxHostBean {
  static final BeanType<MxPosture> TYPE =
      new BeanType<>(
          "io.tlsrpt.MxHost",
          "One MX host of policy domains, as this server sees it.",
          Stream.of(figures(), statuses(), tls()).flatMap(List::stream).toList());

  private MxHostBean() {}

  private static List<Attribute<MxPosture>> figures() {
    return List.of(
        Attribute.number(
            "Domains", "domains", "Policy domains whose MX host it is.", MxPosture::domains),
        Attribute.number("Problems", "checks", "Checks that are failing.", MxPosture::problems),
        Attribute.texts(
            "Findings",
            "What is wrong or worth a note, the most important first, each as check: words.",
            MxPosture::findings),
        Attribute.time("LastCheck", "When the last look was.", MxPosture::lastLook));
  }

  private static List<Attribute<MxPosture>> statuses() {
    List<Attribute<MxPosture>> attributes = new ArrayList<>();
    attributes.addAll(
        status("StartTls", MxCheck.STARTTLS, "it offers STARTTLS and the handshake succeeds"));
    attributes.addAll(
        status(
            "Certificate",
            MxCheck.CERTIFICATE,
            "its certificate names it, is in date and trusted"));
    attributes.addAll(
        status(
            "CertificateLasts",
            MxCheck.CERTIFICATE_LASTS,
            "14 days, or a fifth of its lifetime, are left"));
    attributes.addAll(status("Dane", MxCheck.DANE, "a TLSA record matches"));
    return attributes;
  }

  private static List<Attribute<MxPosture>> status(String name, MxCheck check, String good) {
    return List.of(
        Attribute.text(
            name,
            "Whether " + good + ": ok, failing, unknown, absent, off, not-yet.",
            shown -> shown.check(check).status().key()),
        Attribute.perhaps(
            name + "Ok",
            "Whether " + good + "; null where nothing can be said.",
            shown -> shown.check(check).status().ok()));
  }

  private static List<Attribute<MxPosture>> tls() {
    return List.of(
        Attribute.time(
            "CertificateExpires",
            "When the certificate ends, or one that vouches for it; null until one was seen.",
            shown -> shown.tls().map(MxPosture.Tls::certificateExpires)),
        Attribute.text(
            "CertificateIssuer",
            "Who issued the certificate; empty until one was seen.",
            shown -> shown.tls().map(MxPosture.Tls::certificateIssuer).orElse("")),
        Attribute.text(
            "TlsVersion",
            "The TLS version of the last handshake; empty until there was one.",
            shown -> shown.tls().map(MxPosture.Tls::version).orElse("")));
  }
}

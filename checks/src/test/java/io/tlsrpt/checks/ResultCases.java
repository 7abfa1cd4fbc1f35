// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import static io.tlsrpt.figures.posture.CheckStatus.ABSENT;
import static io.tlsrpt.figures.posture.CheckStatus.FAILING;
import static io.tlsrpt.figures.posture.CheckStatus.OK;
import static io.tlsrpt.figures.posture.CheckStatus.UNKNOWN;

import io.tlsrpt.checks.connections.DialogueLimits;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.posture.Check;
import io.tlsrpt.figures.posture.CheckStatus;
import io.tlsrpt.figures.posture.DomainCheck;
import io.tlsrpt.figures.posture.MxCheck;
import io.tlsrpt.testing.tls.CertificatePlan;
import io.tlsrpt.testing.tls.HttpResponse;
import io.tlsrpt.testing.tls.PolicyHost;
import io.tlsrpt.testing.tls.ServerCertificate;
import io.tlsrpt.testing.tls.SmtpMood;
import io.tlsrpt.testing.tls.TestCa;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Type;

/** What can be wrong, and what only looks so. */
final class ResultCases {
  private static final DialogueLimits HASTY =
      new DialogueLimits(Duration.ofSeconds(3), Duration.ofSeconds(3));

  private ResultCases() {}

  private static void nothing(World world) {}

  /**
   * One of them.
   *
   * @param before what is so at the first looks, at which nothing may be failing
   * @param fault what happens then
   * @param check that turns, or is closest to what happens
   * @param also checks that turn with it
   * @param words part of what is found
   * @param kinds as which senders would report it
   */
  record Case(
      String name,
      DialogueLimits limits,
      Consumer<World> before,
      Consumer<World> fault,
      Check check,
      Set<Check> also,
      CheckStatus status,
      String words,
      Set<FailureKind> kinds) {
    Case first(Consumer<World> first) {
      return new Case(name, limits, first, fault, check, also, status, words, kinds);
    }

    Case hasty() {
      return new Case(name, HASTY, before, fault, check, also, status, words, kinds);
    }

    Case with(Check more) {
      return new Case(name, limits, before, fault, check, Set.of(more), status, words, kinds);
    }

    boolean says(String finding) {
      return finding.contains(words);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Case failing(
      String name, Consumer<World> fault, Check check, String words, FailureKind... kinds) {
    return new Case(
        name,
        World.PATIENT,
        ResultCases::nothing,
        fault,
        check,
        Set.of(),
        FAILING,
        words,
        Set.of(kinds));
  }

  /** Nothing is found; or with a word of it. */
  private static Case harmless(
      String name,
      Consumer<World> change,
      Check check,
      CheckStatus status,
      String words,
      FailureKind... kinds) {
    return new Case(
        name,
        World.PATIENT,
        ResultCases::nothing,
        change,
        check,
        Set.of(),
        status,
        words,
        Set.of(kinds));
  }

  private static Consumer<World> mood(SmtpMood mood) {
    return world -> world.mx.setMood(mood);
  }

  private static CertificatePlan expired(String name) {
    Instant now = Instant.now();
    return CertificatePlan.naming(name)
        .valid(now.minus(Duration.ofDays(90)), now.minus(Duration.ofDays(2)));
  }

  private static TestCa stranger() {
    return TestCa.root("Unknown Root");
  }

  static Stream<Case> ofHosts() {
    return Stream.of(
        failing(
            "no STARTTLS",
            mood(SmtpMood.NO_STARTTLS),
            MxCheck.STARTTLS,
            "[127.0.0.1] its reply to EHLO does not offer STARTTLS",
            FailureKind.STARTTLS_NOT_SUPPORTED),
        failing(
            "STARTTLS refused",
            mood(SmtpMood.STARTTLS_502),
            MxCheck.STARTTLS,
            "refuses it: 502",
            FailureKind.STARTTLS_NOT_SUPPORTED),
        failing(
            "garbage after 220",
            mood(SmtpMood.GARBAGE_AFTER_220),
            MxCheck.STARTTLS,
            "the TLS handshake failed",
            FailureKind.VALIDATION_FAILURE),
        failing(
            "client certificate demanded",
            world -> world.mx.demandClientCertificate(),
            MxCheck.STARTTLS,
            "handshake",
            FailureKind.VALIDATION_FAILURE),
        failing(
            "other name",
            world -> world.mx.renew(world.ca.issue("other.example.org")),
            MxCheck.CERTIFICATE,
            "other.example.org",
            FailureKind.CERTIFICATE_HOST_MISMATCH),
        failing(
            "common name alone",
            world -> world.mx.renew(world.ca.issue(CertificatePlan.withCommonNameOnly(World.MX))),
            MxCheck.CERTIFICATE,
            "name",
            FailureKind.CERTIFICATE_HOST_MISMATCH),
        failing(
            "self-signed",
            world -> world.mx.renew(TestCa.selfSigned(CertificatePlan.naming(World.MX))),
            MxCheck.CERTIFICATE,
            "self-signed",
            FailureKind.CERTIFICATE_NOT_TRUSTED),
        failing(
            "intermediate missing",
            world -> world.mx.renew(world.certificate.alone()),
            MxCheck.CERTIFICATE,
            "Intermediate",
            FailureKind.CERTIFICATE_NOT_TRUSTED),
        failing(
            "unknown root",
            world -> world.mx.renew(stranger().issue(World.MX)),
            MxCheck.CERTIFICATE,
            "Unknown Root",
            FailureKind.CERTIFICATE_NOT_TRUSTED),
        failing(
            "no mx: line",
            world -> {
              world.dns.serveText("_mta-sts.example.org", "v=STSv1; id=2;");
              world.policyHost.answer(
                  HttpResponse.okay(World.policy("enforce", "other.example.org")));
            },
            DomainCheck.MX,
            "mx.example.org is an MX host and in no mx: line of the policy",
            FailureKind.VALIDATION_FAILURE,
            FailureKind.CERTIFICATE_HOST_MISMATCH),
        failing(
                "expired",
                world -> world.mx.renew(world.ca.issue(expired(World.MX))),
                MxCheck.CERTIFICATE,
                "ended on",
                FailureKind.CERTIFICATE_EXPIRED)
            .with(MxCheck.CERTIFICATE_LASTS),
        harmless("tarpit", mood(SmtpMood.TARPIT), MxCheck.STARTTLS, UNKNOWN, "no end within 3 s")
            .hasty(),
        harmless(
            "closed port",
            world -> world.mx.close(),
            MxCheck.STARTTLS,
            UNKNOWN,
            "no connection to port"),
        harmless(
            "STARTTLS answered 454",
            mood(SmtpMood.STARTTLS_454),
            MxCheck.STARTTLS,
            UNKNOWN,
            "it answered STARTTLS with 454",
            FailureKind.STARTTLS_NOT_SUPPORTED),
        harmless(
                "internal address",
                ResultCases::nothing,
                MxCheck.STARTTLS,
                UNKNOWN,
                "gives it the address 10.0.0.5 (a private address), which senders do not see")
            .first(
                world -> {
                  world.dns.serve(World.DOMAIN.value(), Type.MX, "10 mx2.example.org.");
                  world.dns.serve("mx2.example.org", Type.A, "10.0.0.5");
                  world.policyHost.answer(
                      HttpResponse.okay(World.policy("enforce", "mx2.example.org")));
                }));
  }

  static Stream<Case> ofDane() {
    Consumer<World> pinned = world -> world.pin(World.pinKey(world.certificate.own()));
    return Stream.of(
        failing(
                "no TLSA record matches",
                world -> world.pin("3 1 1 " + "00".repeat(32)),
                MxCheck.DANE,
                "3 1 1",
                FailureKind.TLSA_INVALID)
            .first(pinned),
        failing(
                "usage 1 only",
                world -> world.pin(World.pinKey(world.certificate.own()).replace("3 1 1", "1 1 1")),
                DomainCheck.DANE,
                "usage 1 does not count on port 25",
                FailureKind.TLSA_INVALID)
            .first(pinned)
            .with(MxCheck.DANE),
        failing(
                "bogus",
                world ->
                    world
                        .dns
                        .zone("_tcp.mx.example.org")
                        .setBogus(ExtendedErrorCodeOption.SIGNATURE_EXPIRED, "it ended yesterday"),
                DomainCheck.DANE,
                "it ended yesterday",
                FailureKind.DNSSEC_INVALID)
            .first(pinned)
            .with(MxCheck.DANE),
        harmless(
                "3 1 1 of a self-signed certificate",
                world -> {
                  ServerCertificate own = TestCa.selfSigned(CertificatePlan.naming("any.example"));
                  world.mx.renew(own);
                  world.pin(World.pinKey(own.own()));
                },
                MxCheck.DANE,
                OK,
                "")
            .first(World::withoutPolicy),
        harmless(
                "3 1 1 twice",
                world ->
                    world.pin(World.pinKey(world.certificate.own()), "3 1 1 " + "00".repeat(32)),
                MxCheck.DANE,
                OK,
                "a roll-over is under way")
            .first(pinned),
        harmless(
                "2 0 1 of the intermediate",
                world -> world.pin("2 0 1 " + World.sha256(encoded(world.ca.certificate()))),
                MxCheck.DANE,
                OK,
                "")
            .first(pinned),
        harmless(
                "no TLSA records",
                world -> world.dns.forget("_25._tcp.mx.example.org"),
                DomainCheck.DANE,
                ABSENT,
                "no TLSA records",
                FailureKind.DANE_REQUIRED)
            .first(pinned),
        harmless(
                "TLSA records without DNSSEC",
                world -> world.dns.zone("example.org").setSecure(false),
                DomainCheck.DANE,
                ABSENT,
                "TLSA records without DNSSEC",
                FailureKind.DANE_REQUIRED)
            .first(pinned));
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Consumer<World> answer(HttpResponse response) {
    return world -> world.policyHost.answer(response);
  }

  private static Case unfetched(String name, Consumer<World> fault, String words) {
    return failing(name, fault, DomainCheck.MTA_STS, words, FailureKind.STS_POLICY_FETCH_ERROR);
  }

  private static Case untrusted(String name, ServerCertificate shown, String words) {
    return failing(
        name,
        world -> world.policyHost.renew(shown),
        DomainCheck.MTA_STS,
        "the certificate of the policy host: " + words,
        FailureKind.STS_WEBPKI_INVALID);
  }

  static Stream<Case> ofPolicies() {
    return Stream.of(
        unfetched("404", answer(HttpResponse.status("404 Not Found")), "404"),
        unfetched(
            "301",
            answer(HttpResponse.redirect("https://www.example.org/")),
            "redirects are not followed"),
        unfetched("100 KB", answer(HttpResponse.okay("x".repeat(100_000))), "64 KiB"),
        unfetched(
                "no answer in time",
                world -> world.policyHost.setMood(PolicyHost.Mood.SILENT),
                "no end within 3 s")
            .hasty(),
        unfetched("connection refused", world -> world.policyHost.close(), "no connection to port"),
        failing(
            "mode: enforced",
            answer(HttpResponse.okay(World.policy("enforced", World.MX))),
            DomainCheck.MTA_STS,
            "enforced",
            FailureKind.STS_POLICY_INVALID),
        failing(
            "policy host's certificate expired",
            world -> world.policyHost.renew(world.ca.issue(expired(World.POLICY_HOST))),
            DomainCheck.MTA_STS,
            "the certificate of the policy host: ",
            FailureKind.STS_WEBPKI_INVALID),
        failing(
            "policy host's certificate of another name",
            world -> world.policyHost.renew(world.ca.issue(World.DOMAIN.value())),
            DomainCheck.MTA_STS,
            "the certificate of the policy host: ",
            FailureKind.STS_WEBPKI_INVALID),
        untrusted(
            "policy host's certificate self-signed",
            TestCa.selfSigned(CertificatePlan.naming(World.POLICY_HOST)),
            ""),
        harmless(
            "text/html",
            answer(HttpResponse.html(World.policy("enforce", World.MX))),
            DomainCheck.MTA_STS,
            OK,
            "the content type is text/html"),
        harmless(
            "chunked",
            answer(HttpResponse.chunked(World.policy("enforce", World.MX))),
            DomainCheck.MTA_STS,
            OK,
            ""));
  }

  static Stream<Case> ofOthers() {
    return Stream.of(
        failing(
            "record gone",
            world -> world.dns.forget("_smtp._tls.example.org"),
            DomainCheck.TLSRPT_RECORD,
            "the TLS-RPT record is gone; the last report came on "),
        failing(
            "two records",
            world ->
                world.dns.serveTexts(
                    "_smtp._tls.example.org",
                    "v=TLSRPTv1; rua=mailto:tls@example.net",
                    "v=TLSRPTv1; rua=mailto:other@example.net"),
            DomainCheck.TLSRPT_RECORD,
            "2 TLS-RPT records"),
        failing(
            "reports go elsewhere",
            world ->
                world.dns.serveText(
                    "_smtp._tls.example.org", "v=TLSRPTv1; rua=mailto:tls@collector.example"),
            DomainCheck.TLSRPT_RECORD,
            "reports now go to tls@collector.example"),
        harmless("all is good", ResultCases::nothing, MxCheck.CERTIFICATE, OK, ""),
        harmless(
            "wildcard certificate",
            world -> world.mx.renew(world.ca.issue("*.example.org")),
            MxCheck.CERTIFICATE,
            OK,
            ""));
  }
}

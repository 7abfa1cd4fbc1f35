// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.it.ReportMail.Form;
import io.tlsrpt.testing.DnsServer;
import io.tlsrpt.testing.tls.CertificatePlan;
import io.tlsrpt.testing.tls.ServerCertificate;
import io.tlsrpt.testing.tls.TestCa;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import javax.management.JMRuntimeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.xbill.DNS.Type;

/**
 * A real James 3.8 that looks at its own SMTP server and at what a DNS server on loopback says of
 * its domain: the certificate has expired, a report tells of it, and the administrator renews it.
 * Another James, started before and told not to look, must not have asked anything in that time.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChecksIT {
  private static final String DOMAIN = "example.com";
  private static final String MX = "mx.example.com";
  private static final String RUA = "tlsrpt@example.com";
  private static final String POSTURE = "io.tlsrpt:type=Posture,domain=" + DOMAIN;
  private static final String HOST = "io.tlsrpt:type=MxHost,host=" + MX;
  private static final String FAILURE =
      "io.tlsrpt:type=Failure,domain=example.com,resultType=certificate-expired";
  private static final String CHECKS = "<!-- <checks>dns</checks> -->";

  /** A look by hand may follow the last one after a minute, and the first may take seconds. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final Duration BY_HAND = Duration.ofMinutes(1);

  private static final Reporters REPORTERS = new Reporters();
  private static final DnsServer UNASKED = DnsServer.start();
  private static final TestCa CA = TestCa.root("Example Root");
  private static final ServerCertificate EXPIRED = CA.issue(expired());
  private static final ServerCertificate RENEWED = CA.issue(MX);

  private static JamesServer quiet;
  private static final String PAGE = "/tlsrpt/domains/" + DOMAIN + "?format=json";
  private static final String CONFIRMED =
      "tlsrpt_failure_confirmed{domain=\"%s\",result_type=\"certificate-expired\"}"
          .formatted(DOMAIN);

  private static JamesServer james;
  private static JmxClient jmx;
  private static ServerKeys keys;
  private static int webAdmin;

  @BeforeAll
  static void start() {
    publish(UNASKED);
    publish(REPORTERS.dns());
    quiet = JamesServer.start(home("james-checks-off", UNASKED, "<checks>off</checks>"));
    webAdmin = Ports.anyFree();
    JamesHome home =
        home("james-checks", REPORTERS.dns(), "<checks>dns, own-mx</checks>")
            .withWebAdmin(webAdmin)
            .withJvmOption(
                OwnRoots.jvmOption(
                    Build.directory("james-checks").resolve("jdk"), CA.certificate()));
    home.edit(
        "webadmin.properties",
        "jwt.enabled=false",
        "jwt.enabled=false\nextensions.routes=io.tlsrpt.webadmin.TlsReportRoutes");
    home.edit(
        "mailetcontainer.xml",
        "<!-- <mxAddresses>mx.example.com=10.0.0.5:25</mxAddresses> -->",
        "<mxAddresses>" + MX + "=127.0.0.1:" + home.ports().smtp() + "</mxAddresses>");
    keys = ServerKeys.install(home, EXPIRED);
    james = JamesServer.start(home);
    jmx = james.jmx();
    new Administrator(jmx).addUser(RUA, "secret");
  }

  private static JamesHome home(String name, DnsServer dns, String checks) {
    JamesHome home =
        JamesHome.create(Build.directory(name), Ports.free(), Build.jarForJames38())
            .withDns(dns)
            .serving(DOMAIN);
    home.edit("mailetcontainer.xml", CHECKS, checks);
    return home;
  }

  /** In a signed zone; the next certificate's key is pinned before it is in use. */
  private static void publish(DnsServer dns) {
    dns.setSecure(true);
    dns.serve("com", Type.NS, "ns.example.");
    dns.serve(DOMAIN, Type.MX, "10 " + MX + ".");
    dns.serve(MX, Type.A, "192.0.2.25");
    dns.serve("_25._tcp." + MX, Type.TLSA, ServerKeys.tlsa(EXPIRED), ServerKeys.tlsa(RENEWED));
    dns.serveText("_smtp._tls." + DOMAIN, "v=TLSRPTv1; rua=mailto:" + RUA);
    dns.serveText("_mta-sts." + DOMAIN, "v=STSv1; id=20261129");
  }

  private static CertificatePlan expired() {
    Instant now = Instant.now();
    return CertificatePlan.naming(MX)
        .valid(now.minus(Duration.ofDays(91)), now.minus(Duration.ofDays(1)));
  }

  @AfterAll
  static void stop() {
    jmx.close();
    james.close();
    quiet.close();
    REPORTERS.close();
    UNASKED.close();
  }

  @Test
  @Order(1)
  void recordsShouldBeSeenByALookByHand() {
    String page = look();

    assertThat(page).contains(DOMAIN, MX);
    assertThat(jmx.text(POSTURE, "TlsRptRecord")).isEqualTo("ok");
    assertThat(jmx.text(POSTURE, "MtaSts")).isEqualTo("ok");
    assertThat(jmx.text(POSTURE, "Dane")).isEqualTo("ok");
    assertThat(jmx.text(POSTURE, "Mx")).isEqualTo("off");
    assertThat(jmx.text("io.tlsrpt:type=Receiver", "ResolverValidates")).isEqualTo("true");
    assertThat((String[]) jmx.value("io.tlsrpt:type=Receiver", "Checks"))
        .containsExactly("dns", "own-mx");
  }

  @Test
  @Order(2)
  void expiredCertificateShouldConfirmAReportAtOnceButFailNothingYet() {
    Waiting.until(
        PATIENCE,
        "the MX host is looked at",
        () -> jmx.exists(HOST) && jmx.value(HOST, "LastCheck") != null);
    assertThat(jmx.text(HOST, "StartTls")).isEqualTo("ok");
    assertThat(jmx.text(HOST, "Dane")).isEqualTo("ok");
    assertThat(jmx.text(HOST, "TlsVersion")).isEqualTo("TLSv1.3");
    assertThat(jmx.text(HOST, "Certificate")).isEqualTo("not-yet");

    new SmtpClient(james.ports().smtp()).send("tls-reports@bigmail.example", RUA, report());
    Waiting.until(PATIENCE, "the report is counted", () -> jmx.exists(FAILURE));

    assertThat(jmx.text(FAILURE, "Verdict")).isEqualTo("confirmed");
    assertThat(evidence())
        .singleElement()
        .asString()
        .contains("[127.0.0.1]")
        .doesNotContain("trusted");
    assertThat(Loopback.get(webAdmin, "/healthcheck/checks/TLS%20report%20checks"))
        .contains("\"healthy\"");
    assertThat(Loopback.get(webAdmin, PAGE)).contains("\"verdict\":\"confirmed\"");
    // The alert TlsRptFailureConfirmed goes by this series.
    assertThat(Loopback.get(webAdmin, "/tlsrpt/metrics")).contains(CONFIRMED + " 1.0\n");
  }

  @Test
  @Order(3)
  void renewedCertificateShouldBeSeenOnceJamesHasIt() {
    keys.exchange(RENEWED);
    assertThat(
            new WebPages(webAdmin)
                .send("POST", "/servers?reload-certificate", WebPages.PROGRAM)
                .statusCode())
        .isEqualTo(204);

    look();
    assertThat(jmx.text(HOST, "Certificate")).isEqualTo("ok");
    assertThat(jmx.text(HOST, "CertificateLasts")).isEqualTo("ok");
    assertThat(jmx.text(HOST, "Dane")).isEqualTo("ok");
    assertThat(((Date) jmx.value(HOST, "CertificateExpires")))
        .isEqualTo(RENEWED.own().getNotAfter());
    assertThat(jmx.text(HOST, "CertificateIssuer")).contains("Example Root");
    assertThat(jmx.text(FAILURE, "Verdict")).isEqualTo("mended");
    assertThat(evidence()).singleElement().asString().startsWith("mended: ");
    assertThat(Loopback.get(webAdmin, PAGE))
        .contains("\"verdict\":\"mended\"", "{\"check\":\"certificate\",\"status\":\"ok\"");
    assertThat(Loopback.get(webAdmin, "/tlsrpt/metrics"))
        .contains(
            CONFIRMED + " 0.0\n",
            "tlsrpt_mx_check_ok{check=\"certificate\",mx=\"" + MX + "\"} 1.0");
    assertThat(james.log()).doesNotContain("A look at", "The schedule of checks failed");
  }

  @Test
  @Order(4)
  void serverThatShouldNotLookShouldNotHaveAskedAnything() {
    assertThat(REPORTERS.dns().queries(Type.MX)).isPositive();

    assertThat(List.of(Type.TXT, Type.MX, Type.TLSA, Type.A, Type.AAAA, Type.NS))
        .allSatisfy(type -> assertThat(UNASKED.queries(type)).as(Type.string(type)).isZero());
    try (JmxClient beans = quiet.jmx()) {
      assertThat(beans.names("io.tlsrpt:*")).noneMatch(name -> name.contains("Posture"));
    }
  }

  /** Asks for a look until it is not too early for one of the domain and of its MX host. */
  private static String look() {
    StringBuilder page = new StringBuilder();
    Waiting.until(PATIENCE, "a look by hand is allowed", () -> mayLook(HOST) && looks(page));
    return page.toString();
  }

  private static boolean mayLook(String bean) {
    return !jmx.exists(bean)
        || !(jmx.value(bean, "LastCheck") instanceof Date last)
        || last.toInstant().plus(BY_HAND).isBefore(Instant.now());
  }

  private static boolean looks(StringBuilder page) {
    if (!jmx.exists(POSTURE)) {
      return false;
    }
    try {
      page.append(jmx.ask(POSTURE, "check"));
      return true;
    } catch (JMRuntimeException e) {
      assertThat(e).hasStackTraceContaining("less than a minute ago");
      return false;
    }
  }

  private static List<String> evidence() {
    return List.of((String[]) jmx.value(FAILURE, "Evidence"));
  }

  private static String report() {
    LocalDate yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);
    return REPORTERS
        .signer("bigmail.example")
        .sign(
            new ReportMail("bigmail.example", DOMAIN)
                .of(
                    Form.MULTIPART_GZIP,
                    """
                    {"organization-name": "Bigmail", "report-id": "1",
                     "date-range": {"start-datetime": "%1$sT00:00:00Z", "end-datetime": "%1$sT23:59:59Z"},
                     "policies": [{
                       "policy": {"policy-type": "sts", "policy-string": ["mode: enforce"],
                                  "policy-domain": "example.com"},
                       "summary": {"total-successful-session-count": 5, "total-failure-session-count": 2},
                       "failure-details": [{"result-type": "certificate-expired",
                         "receiving-mx-hostname": "mx.example.com", "failed-session-count": 2}]}]}
                    """
                        .formatted(yesterday)));
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tlsrpt.it.ReportMail.Form;
import io.tlsrpt.testing.DnsServer;
import io.tlsrpt.testing.tls.CertificatePlan;
import io.tlsrpt.testing.tls.HttpResponse;
import io.tlsrpt.testing.tls.PolicyHost;
import io.tlsrpt.testing.tls.ServerCertificate;
import io.tlsrpt.testing.tls.TestCa;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import javax.management.JMRuntimeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Type;

/**
 * A real James 3.8 that looks at its own SMTP server, at a policy host and at what a DNS server on
 * loopback says of its domain: the certificate has expired, a report tells of it, a real Prometheus
 * has its alert, and the administrator renews it. Another James, started before and told not to
 * look, must not have asked anything in that time. Since the first James has STARTTLS, it shows
 * {@code RequireTls} as well.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChecksIT {
  private static final String DOMAIN = "example.com";
  private static final String MX = "mx.example.com";
  private static final String POLICY_HOST = "mta-sts.example.com";
  private static final String RUA = "tlsrpt@example.com";
  private static final String USER = "user@example.com";
  private static final String POSTMASTER = "postmaster@example.com";
  private static final String POSTURE = "io.tlsrpt:type=Posture,domain=" + DOMAIN;
  private static final String HOST = "io.tlsrpt:type=MxHost,host=" + MX;
  private static final String FAILURE =
      "io.tlsrpt:type=Failure,domain=example.com,resultType=certificate-expired";
  private static final String FAILURE_OF_HOST =
      "io.tlsrpt:type=Failure,domain=mx.example.com,resultType=tlsa-invalid";
  private static final String CHECKS = "<!-- <checks>dns</checks> -->";
  private static final String PAGE = "/tlsrpt/domains/" + DOMAIN + "?format=json";
  private static final String CORE =
      "<handler class=\"org.apache.james.smtpserver.CoreCmdHandlerLoader\"/>";
  private static final String REQUIRE_TLS =
      "<handler class=\"io.tlsrpt.mailet.RequireTls\"><except>" + RUA + "</except></handler>";
  private static final String ALERT = "TlsRptFailureConfirmed example.com certificate-expired";
  private static final String POLICY_REQUEST = "GET /.well-known/mta-sts.txt HTTP/1.1\r\n";
  private static final String CONFIRMED =
      "tlsrpt_failure_confirmed{domain=\"%s\",result_type=\"certificate-expired\"}"
          .formatted(DOMAIN);

  private static final String POLICY_ADDRESS = "127.0.0.7";
  private static final int POLICY_PORT = 443;

  /** A look by hand may follow the last one after a minute, and the first may take seconds. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final Duration BY_HAND = Duration.ofMinutes(1);

  private static final Reporters REPORTERS = new Reporters();
  private static final DnsServer UNASKED = DnsServer.start();
  private static final TestCa CA = TestCa.root("Example Root");
  private static final ServerCertificate EXPIRED = CA.issue(expired());
  private static final ServerCertificate RENEWED = CA.issue(MX);
  private static final Optional<PolicyHost> POLICIES = policyHost();

  private static JamesServer quiet;
  private static JamesServer james;
  private static JmxClient jmx;
  private static ServerKeys keys;
  private static int webAdmin;
  private static Path knownHosts;

  /** When a James before this one saw that the MX host is ours, once. */
  private static Instant seenBefore;

  private static Optional<Prometheus> prometheus = Optional.empty();

  /** Port 443 is the administrator's on most systems; in CI we are that. */
  private static Optional<PolicyHost> policyHost() {
    try {
      PolicyHost host =
          PolicyHost.start(
              CA.issue(POLICY_HOST), new InetSocketAddress(POLICY_ADDRESS, POLICY_PORT));
      host.answer(
          HttpResponse.okay("version: STSv1\nmode: enforce\nmx: " + MX + "\nmax_age: 604800\n"));
      return Optional.of(host);
    } catch (UncheckedIOException e) {
      if (Boolean.parseBoolean(System.getenv("CI"))) {
        throw e;
      }
      return Optional.empty();
    }
  }

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException {
    publish(UNASKED);
    publish(REPORTERS.dns());
    quiet = JamesServer.start(home("james-checks-off", UNASKED, "<checks>off</checks>"));
    webAdmin = Ports.anyFree();
    JamesHome home =
        home(
                "james-checks",
                REPORTERS.dns(),
                "<checks>%s</checks>\n<checkNetworks>127.0.0.0/8</checkNetworks>"
                    .formatted(POLICIES.isPresent() ? "policy, own-mx" : "own-mx"))
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
    // Whoever may relay is not asked for TLS, and the sample lets this machine.
    home.edit("smtpserver.xml", "127.0.0.0/8", "192.0.2.0/24");
    home.edit("smtpserver.xml", CORE, REQUIRE_TLS + CORE);
    keys = ServerKeys.install(home, EXPIRED);
    knownHosts = home.directory().resolve("var/tlsrpt/own-mx-hosts");
    Files.createDirectories(knownHosts.getParent());
    seenBefore = Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
    Files.writeString(knownHosts, "%s %s %s\n".formatted(MX, seenBefore, seenBefore));
    james = JamesServer.start(home);
    jmx = james.jmx();
    new Administrator(jmx).addUser(RUA, "secret");
    new Administrator(jmx).addUser(USER, "secret");
    new Administrator(jmx).addUser(POSTMASTER, "secret");
    if (PrometheusTools.areInstalled()) {
      prometheus = Optional.of(Prometheus.startWithWebAdmin(directory, webAdmin, "no token"));
    }
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
    dns.serve(POLICY_HOST, Type.A, POLICY_ADDRESS);
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
    prometheus.ifPresent(Prometheus::close);
    jmx.close();
    james.close();
    quiet.close();
    REPORTERS.close();
    UNASKED.close();
    POLICIES.ifPresent(PolicyHost::close);
  }

  @Test
  @Order(1)
  void recordsShouldBeSeenByALookByHand() {
    String page = look();

    assertThat(page).contains(DOMAIN, MX);
    assertThat(jmx.text(POSTURE, "TlsRptRecord")).isEqualTo("ok");
    assertThat(jmx.text(POSTURE, "MtaSts")).isEqualTo("ok");
    assertThat(jmx.text(POSTURE, "Dane")).isEqualTo("ok");
    assertThat(jmx.text("io.tlsrpt:type=Receiver", "ResolverValidates")).isEqualTo("true");
    assertThat((String[]) jmx.value("io.tlsrpt:type=Receiver", "Checks")).contains("dns", "own-mx");
  }

  @Test
  @Order(2)
  void policyShouldBeFetched() {
    assumeTrue(POLICIES.isPresent(), "port 443 cannot be used");

    assertThat(jmx.text(POSTURE, "PublishedMode")).isEqualTo("enforce");
    assertThat(jmx.text(POSTURE, "PublishedPolicyId")).isEqualTo("20261129");
    assertThat(jmx.text(POSTURE, "PublishedMaxAge")).isEqualTo("604800");
    assertThat(jmx.text(POSTURE, "Mx")).isEqualTo("ok");
    assertThat(jmx.value(POSTURE, "PolicyCertificateExpires")).isNotNull();
    assertThat(POLICIES.get().requests()).singleElement().asString().startsWith(POLICY_REQUEST);
  }

  @Test
  @Order(2)
  void hostThatWasSeenAgainShouldBeOurs() throws IOException {
    String line = Files.readString(knownHosts);
    assertThat(line).startsWith(MX + " " + seenBefore + " ");
    assertThat(Instant.parse(line.strip().substring(line.lastIndexOf(' ') + 1)))
        .isAfter(seenBefore);
  }

  @Test
  @Order(3)
  void expiredCertificateShouldConfirmAReportAtOnceButFailNothingYet() {
    Waiting.until(
        PATIENCE,
        "the MX host is looked at",
        () -> jmx.exists(HOST) && jmx.value(HOST, "LastCheck") != null);
    assertThat(jmx.text(HOST, "StartTls")).isEqualTo("ok");
    assertThat(jmx.text(HOST, "Dane")).isEqualTo("ok");
    assertThat(jmx.text(HOST, "TlsVersion")).isEqualTo("TLSv1.3");
    assertThat(jmx.text(HOST, "Certificate")).isEqualTo("not-yet");

    send(report("certificate-expired", "sts", DOMAIN));
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
    assertThat(Loopback.get(webAdmin, "/tlsrpt/metrics")).contains(CONFIRMED + " 1.0\n");
  }

  @Test
  @Order(4)
  void alertShouldFire() {
    assumeTrue(prometheus.isPresent(), "Debian's package prometheus is not installed");
    new StoredReports(james.home().directory().resolve("var/tlsrpt/reports.db"))
        .establishReporters();

    Waiting.until(PATIENCE, ALERT + " fires", () -> prometheus.get().firing().contains(ALERT));
  }

  @Test
  @Order(5)
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
    prometheus.ifPresent(
        server -> Waiting.until(PATIENCE, ALERT + " ends", () -> !server.firing().contains(ALERT)));
    assertThat(james.log()).doesNotContain("A look at", "The schedule of checks failed");
  }

  /** Reports about DANE name the MX host, which nobody has listed in {@code domains}. */
  @Test
  @Order(6)
  void reportAboutTheMxHostShouldCount() {
    send(report("tlsa-invalid", "tlsa", MX));
    Waiting.until(PATIENCE, "the report is counted", () -> jmx.exists(FAILURE_OF_HOST));

    assertThat(jmx.text(FAILURE_OF_HOST, "Verdict")).isEqualTo("not-seen");
    assertThat(Loopback.get(webAdmin, "/tlsrpt/domains/" + MX + "?format=json"))
        .contains("\"verdict\":\"not-seen\"");
  }

  @Test
  @Order(7)
  void serverThatShouldNotLookShouldNotHaveAskedAnything() {
    assertThat(REPORTERS.dns().queries(Type.MX)).isPositive();

    assertThat(List.of(Type.TXT, Type.MX, Type.TLSA, Type.A, Type.AAAA, Type.NS))
        .allSatisfy(type -> assertThat(UNASKED.queries(type)).as(Type.string(type)).isZero());
    try (JmxClient beans = quiet.jmx()) {
      assertThat(beans.names("io.tlsrpt:*")).noneMatch(name -> name.contains("Posture"));
    }
  }

  /** All reports above have come in clear text. */
  @Test
  @Order(8)
  void clearTextShouldBeRefusedToOthersThanTheRua() throws MessagingException {
    // James lets postmaster pass whatever comes after its own handlers.
    for (String recipient : List.of(USER, POSTMASTER)) {
      assertThatThrownBy(
              () ->
                  new SmtpClient(james.ports().smtp())
                      .send("a@bigmail.example", recipient, "Subject: x\n\nx\n"))
          .as(recipient)
          .hasMessageContaining("530 5.7.0 Must issue a STARTTLS command first");
    }

    sendOverTls("a@bigmail.example", USER);
  }

  /** As a sender that does not judge certificates. */
  private static void sendOverTls(String sender, String recipient) throws MessagingException {
    Properties properties = new Properties();
    properties.put("mail.smtp.host", "127.0.0.1");
    properties.put("mail.smtp.port", String.valueOf(james.ports().smtp()));
    properties.put("mail.smtp.starttls.required", "true");
    properties.put("mail.smtp.ssl.trust", "*");
    properties.put("mail.smtp.ssl.checkserveridentity", "false");
    properties.put("mail.smtp.from", sender);
    MimeMessage mail = new MimeMessage(Session.getInstance(properties));
    mail.setRecipient(Message.RecipientType.TO, new InternetAddress(recipient));
    mail.setText("x");
    Transport.send(mail);
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

  private static void send(String mail) {
    new SmtpClient(james.ports().smtp()).send("tls-reports@bigmail.example", RUA, mail);
  }

  private static String report(String failure, String type, String domain) {
    LocalDate yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);
    return REPORTERS
        .signer("bigmail.example")
        .sign(
            new ReportMail("bigmail.example", domain)
                .of(
                    Form.MULTIPART_GZIP,
                    """
                    {"organization-name": "Bigmail", "report-id": "%2$s",
                     "date-range": {"start-datetime": "%1$sT00:00:00Z", "end-datetime": "%1$sT23:59:59Z"},
                     "policies": [{
                       "policy": {"policy-type": "%3$s", "policy-string": ["mode: enforce"],
                                  "policy-domain": "%4$s"},
                       "summary": {"total-successful-session-count": 5, "total-failure-session-count": 2},
                       "failure-details": [{"result-type": "%2$s",
                         "receiving-mx-hostname": "mx.example.com", "failed-session-count": 2}]}]}
                    """
                        .formatted(yesterday, failure, type, domain)));
  }
}

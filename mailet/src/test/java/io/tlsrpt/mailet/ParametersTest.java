// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tlsrpt.checks.CheckSettings;
import io.tlsrpt.checks.targets.Network;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.posture.Postures.Level;
import io.tlsrpt.mailet.parameters.Parameters;
import io.tlsrpt.notifications.DigestRhythm;
import io.tlsrpt.notifications.NotificationSettings;
import io.tlsrpt.receiver.DkimMode;
import io.tlsrpt.receiver.Settings;
import io.tlsrpt.receiver.domains.DomainPattern;
import io.tlsrpt.receiver.intake.ReporterFilter;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.ReportLimits;
import io.tlsrpt.store.url.DatabaseUrl;
import jakarta.mail.MessagingException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParametersTest {
  @Test
  void defaultsShouldBeThoseOfTheDocumentation() throws MessagingException {
    Parameters parameters = parameters();

    assertThat(parameters.toSettings())
        .isEqualTo(
            new Settings(
                Set.of(),
                DkimMode.REQUIRED,
                Optional.empty(),
                new ReporterFilter(Set.of(), Set.of()),
                200,
                ReportLimits.DEFAULT,
                10_000,
                Optional.empty(),
                Duration.ofDays(400),
                FailureWindow.DEFAULT));
    assertThat(parameters.toNotifications())
        .isEqualTo(new NotificationSettings(List.of(), DigestRhythm.OFF, Optional.empty()));
    assertThat(parameters.toChecks())
        .isEqualTo(
            new CheckSettings(
                Set.of(Level.DNS), Duration.ofHours(12), List.of(), Map.of(), Set.of()));
    assertThat(parameters.passThrough()).isTrue();
    assertThat(parameters.rejectedProcessor()).isEmpty();
  }

  @Test
  void everyParameterShouldBeRead() throws MessagingException {
    Parameters parameters =
        parameters(
            "domains", " mx.example , *.Customer.example ",
            "dkim", "off",
            "trustedAuthservId", "mx.example.com",
            "reporters", "google.com, Microsoft.com",
            "ignoredReporters", "news.google.com",
            "maxReporters", "10000",
            "maxMessageSize", "1 GiB",
            "maxReportSize", "2048 B",
            "maxDomains", "1000000",
            "database", "jdbc:sqlite:/data/tls reports.db?synchronous=NORMAL",
            "databaseUser", "",
            "databasePassword", "",
            "retention", "35 days",
            "failureWindow", "36 hours",
            "notify", "ops@example.net, admin@example.net",
            "digest", "weekly",
            "pageUrl", "https://james.example.com:8443/tlsrpt/",
            "checks", " policy ,own-mx",
            "checkInterval", "7 days",
            "rua", "tlsrpt@example.net, TLS+rpt@Example.org",
            "mxAddresses",
                "MX.example.com = 10.0.0.5, mx2.example.com=[fd00::5]:2525, mx3.example.com=fd00::6",
            "checkNetworks", "10.0.0.0/8, fd00::/8, 192.0.2.1",
            "passThrough", "False",
            "rejectedProcessor", "quarantine",
            "onMailetException", "propagate",
            "onMatchException", "nomatch");

    assertThat(parameters.toSettings())
        .isEqualTo(
            new Settings(
                Set.of(
                    new DomainPattern(new DomainName("mx.example"), false),
                    new DomainPattern(new DomainName("customer.example"), true)),
                DkimMode.OFF,
                Optional.of("mx.example.com"),
                new ReporterFilter(
                    Set.of(new DomainName("google.com"), new DomainName("microsoft.com")),
                    Set.of(new DomainName("news.google.com"))),
                10_000,
                ReportLimits.DEFAULT.withSizes(1L << 30, 2048),
                1_000_000,
                DatabaseUrl.parse("jdbc:sqlite:/data/tls reports.db?synchronous=NORMAL"),
                Duration.ofDays(35),
                new FailureWindow(Duration.ofHours(36))));
    assertThat(parameters.toNotifications())
        .isEqualTo(
            new NotificationSettings(
                List.of("admin@example.net", "ops@example.net"),
                DigestRhythm.WEEKLY,
                Optional.of("https://james.example.com:8443/tlsrpt")));
    assertThat(parameters.toChecks())
        .isEqualTo(
            new CheckSettings(
                Set.of(Level.DNS, Level.POLICY, Level.OWN_MX),
                Duration.ofDays(7),
                List.of("TLS+rpt@Example.org", "tlsrpt@example.net"),
                Map.of(
                    new DomainName("mx.example.com"), at("10.0.0.5", 25),
                    new DomainName("mx2.example.com"), at("fd00::5", 2525),
                    new DomainName("mx3.example.com"), at("fd00::6", 25)),
                Set.of(network("10.0.0.0/8"), network("fd00::/8"), network("192.0.2.1/32"))));
    assertThat(parameters.passThrough()).isFalse();
    assertThat(parameters.rejectedProcessor()).hasValue("quarantine");
  }

  @ParameterizedTest
  @CsvSource({
    "off, ''",
    "dns, DNS",
    "'dns,dns', DNS",
    "policy, 'DNS POLICY'",
    "own-mx, 'DNS OWN_MX'",
    "mx, 'DNS OWN_MX MX'",
    "'mx, policy', 'DNS POLICY OWN_MX MX'",
  })
  void levelsShouldIncludeThoseBelow(String written, String levels) throws MessagingException {
    assertThat(parameters("checks", written).toChecks().levels().stream().sorted().map(Level::name))
        .containsExactlyElementsOf(
            Stream.of(levels.split(" ", -1)).filter(name -> !name.isEmpty()).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "domains, ''",
    "domains, 'example.com,'",
    "domains, 'exa mple.com'",
    "domains, '*'",
    "dkim, on",
    "dkim, OFF",
    "trustedAuthservId, ''",
    "trustedAuthservId, 'mx.example.com mx2.example.com'",
    "reporters, ''",
    "reporters, 'google.com;microsoft.com'",
    "ignoredReporters, '*.example.com'",
    "maxReporters, 0",
    "maxReporters, 10001",
    "maxMessageSize, 15",
    "maxMessageSize, 15 MB",
    "maxMessageSize, 1023 B",
    "maxMessageSize, 1025 MiB",
    "maxMessageSize, -1 MiB",
    "maxReportSize, 9999999999 GiB",
    "maxReportSize, ''",
    "maxDomains, 0",
    "maxDomains, 1000001",
    "maxDomains, many",
    "database, ''",
    "database, 'jdbc:sqlite:'",
    "database, 'jdbc:sqlite::memory:'",
    "database, 'jdbc:sqlite:/data/reports.db?synchronous=OFF'",
    "database, 'jdbc:postgresql:tlsrpt'",
    "database, 'jdbc:postgresql://localhost'",
    "database, 'jdbc:postgresql://localhost:port/tlsrpt'",
    "database, 'jdbc:postgresql://localhost/tlsrpt?sslMode=require'",
    "retention, 34 days",
    "retention, 3651 days",
    "retention, forever",
    "failureWindow, 0 days",
    "failureWindow, 36 days",
    "failureWindow, 8",
    "failureWindow, 8 weeks",
    "notify, ''",
    "notify, admin",
    "notify, 'admin@example.net,'",
    "notify, 'Admin <admin@example.net>'",
    "notify, 'admin@example.net ops@example.net'",
    "notify, '*@example.net'",
    "digest, hourly",
    "digest, daily",
    "digest, ''",
    "pageUrl, ''",
    "pageUrl, james.example.com/tlsrpt",
    "pageUrl, 'ftp://james.example.com/'",
    "pageUrl, 'https://admin:secret@james.example.com/'",
    "pageUrl, 'https://james.example.com/tlsrpt?a=b'",
    "pageUrl, 'https://james.example.com/a b'",
    "checks, ''",
    "checks, on",
    "checks, DNS",
    "checks, 'dns, off'",
    "checks, 'off, off'",
    "checks, 'dns,'",
    "checks, 'dns policy'",
    "checks, own_mx",
    "checkInterval, 59 minutes",
    "checkInterval, 0 hours",
    "checkInterval, 8 days",
    "checkInterval, 12",
    "checkInterval, ''",
    "rua, ''",
    "rua, tlsrpt",
    "rua, '@example.net'",
    "rua, 'mailto:tlsrpt@example net'",
    "rua, 'tlsrpt@example.net,'",
    "rua, 'tls rpt@example.net'",
    "mxAddresses, ''",
    "mxAddresses, mx.example.com",
    "mxAddresses, 'mx.example.com=mx.example.net'",
    "mxAddresses, 'mx.example.com=10.0.0.5:0'",
    "mxAddresses, 'mx.example.com=10.0.0.5:65536'",
    "mxAddresses, 'mx.example.com=10.0.0.5:'",
    "mxAddresses, 'mx.example.com=10.0.0.256'",
    "mxAddresses, 'mx.example.com=[10.0.0.5'",
    "mxAddresses, '=10.0.0.5'",
    "mxAddresses, 'mx.example.com=10.0.0.5, mx.example.com=10.0.0.6'",
    "checkNetworks, ''",
    "checkNetworks, 10.1.0.0/8",
    "checkNetworks, 10.0.0.0/33",
    "checkNetworks, 'fd00::/129'",
    "checkNetworks, example.com",
    "checkNetworks, '10.0.0.0/8 fd00::/8'",
    "passThrough, perhaps",
    "passThrough, ''",
    "rejectedProcessor, ''",
  })
  void badValueShouldBeNamedWithWhatIsAllowed(String name, String value) {
    ReceiverFixture receiver = new ReceiverFixture();

    assertThatExceptionOfType(MessagingException.class)
        .isThrownBy(() -> receiver.strictMailet(name, value))
        .withMessageStartingWith(
            "TlsReportMailet: parameter " + name + " is '" + value + "'; allowed: ")
        .withMessageMatching("(?s).*allowed: .{5,}");
    assertThat(receiver.names()).isEmpty();
  }

  @Test
  void passwordShouldBeRefusedWithoutBeingTold() {
    ReceiverFixture receiver = new ReceiverFixture();

    assertThatExceptionOfType(MessagingException.class)
        .isThrownBy(() -> receiver.strictMailet("databasePassword", "secret"))
        .withMessageContaining("databasePassword")
        .withMessageNotContaining("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "database, 'jdbc:postgresql://db.example/tlsrpt?password=secret&no=1'",
    "databasepassword, secret",
  })
  void passwordShouldBeInNoMessage(String name, String value) {
    ReceiverFixture receiver = new ReceiverFixture();

    assertThatExceptionOfType(MessagingException.class)
        .isThrownBy(() -> receiver.strictMailet(name, value))
        .withMessageContaining(name)
        .withMessageContaining("***")
        .withMessageNotContaining("secret");
  }

  @Test
  void loginShouldBeLeftOutOfTheSettingsInTheLog() throws MessagingException {
    Settings settings =
        parameters(
                "database",
                "jdbc:postgresql://db.example:5433/reports?sslmode=verify-full",
                "databaseUser",
                "tlsrpt",
                "databasePassword",
                "secret")
            .toSettings();

    assertThat(settings.toString())
        .contains("PostgreSQL at db.example:5433/reports")
        .doesNotContain("secret");
  }

  @Test
  void loginShouldNotBeNamedTwice() {
    assertThatExceptionOfType(MessagingException.class)
        .isThrownBy(
            () ->
                parameters("database", "jdbc:postgresql://db/r?user=a", "databaseUser", "somebody")
                    .toSettings())
        .withMessageContaining("databaseUser")
        .withMessageNotContaining("somebody");
  }

  @Test
  void unknownParameterShouldBeNamedWithThoseThatAreKnown() {
    assertThatExceptionOfType(MessagingException.class)
        .isThrownBy(() -> parameters("maxDomain", "5"))
        .withMessage(
            "TlsReportMailet: unknown parameter maxDomain with value '5'; allowed: domains, dkim,"
                + " trustedAuthservId, reporters, ignoredReporters, maxReporters, maxMessageSize, maxReportSize, maxDomains, database, databaseUser, databasePassword, retention, failureWindow, checks,"
                + " checkInterval, rua, mxAddresses, checkNetworks, notify, digest, pageUrl, passThrough, rejectedProcessor");
  }

  private static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(Network.address(address).orElseThrow(), port);
  }

  private static Network network(String written) {
    return Network.parse(written).orElseThrow();
  }

  private static Parameters parameters(String... namesAndValues) throws MessagingException {
    return Parameters.of(ReceiverFixture.config(namesAndValues));
  }
}

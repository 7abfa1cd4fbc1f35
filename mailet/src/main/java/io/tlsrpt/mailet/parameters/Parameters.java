// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet.parameters;

import io.tlsrpt.checks.CheckSettings;
import io.tlsrpt.checks.MxAddress;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.ReceivedReport;
import io.tlsrpt.notifications.DigestRhythm;
import io.tlsrpt.notifications.NotificationSettings;
import io.tlsrpt.receiver.AuthservId;
import io.tlsrpt.receiver.DkimMode;
import io.tlsrpt.receiver.Parameter;
import io.tlsrpt.receiver.Settings;
import io.tlsrpt.receiver.domains.DomainPattern;
import io.tlsrpt.receiver.intake.ReporterFilter;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.ReportLimits;
import io.tlsrpt.store.Database;
import io.tlsrpt.store.url.DatabaseUrl;
import jakarta.mail.MessagingException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.mailet.MailetConfig;

/**
 * The child elements of the mailet as the administrator wrote them. A table of all parameters says
 * how each value is read. A bad value throws an exception that names the parameter, the value and
 * what is allowed.
 */
public final class Parameters {
  private static final Parameter<Set<DomainPattern>> DOMAINS =
      Parameter.list(
          "domains",
          DomainPattern::parse,
          "a comma list of domains such as example.com, *.example.net");
  private static final Parameter<DkimMode> DKIM =
      Parameter.of(
          "dkim",
          DkimMode.REQUIRED,
          written ->
              Stream.of(DkimMode.values()).filter(mode -> mode.key().equals(written)).findFirst(),
          "required, off");
  private static final Parameter<Optional<String>> TRUSTED_AUTHSERV_ID =
      Parameter.optional(
          "trustedAuthservId",
          AuthservId::parse,
          "one authserv-id such as mx.example.com, without blanks, and no method such as spf: a"
              + " field that begins with a method does not say who wrote it");
  private static final Parameter<Set<DomainName>> REPORTERS = signers("reporters");
  private static final Parameter<Set<DomainName>> IGNORED_REPORTERS = signers("ignoredReporters");
  private static final Parameter<Integer> MAX_REPORTERS =
      Parameter.wholeNumber("maxReporters", 200, 10_000);
  private static final Parameter<Long> MAX_MESSAGE_SIZE =
      Parameter.size("maxMessageSize", ReportLimits.DEFAULT.maxMessageSize());
  private static final Parameter<Long> MAX_REPORT_SIZE =
      Parameter.size("maxReportSize", ReportLimits.DEFAULT.maxReportSize());
  private static final Parameter<Integer> MAX_DOMAINS =
      Parameter.wholeNumber("maxDomains", 10_000, 1_000_000);
  private static final Parameter<Optional<Database>> DATABASE =
      Parameter.optional("database", DatabaseUrl::parse, DatabaseUrl.ALLOWED);
  private static final Parameter<String> DATABASE_USER = login("databaseUser");
  private static final Parameter<String> DATABASE_PASSWORD = login("databasePassword");
  private static final Parameter<Duration> RETENTION =
      Parameter.duration(
          "retention",
          ReceivedReport.DEFAULT_RETENTION,
          Duration.ofDays(35),
          Duration.ofDays(3_650),
          "a time from 35 days to 3650 days such as 400 days");

  /** At most 35 days, since reporters silent for longer are forgotten with their failures. */
  private static final Parameter<Duration> FAILURE_WINDOW =
      Parameter.duration(
          "failureWindow",
          FailureWindow.DEFAULT.length(),
          Duration.ofHours(1),
          Duration.ofDays(35),
          "a time from 1 hour to 35 days such as 8 days (units: hours, days)");

  private static final Parameter<Boolean> PASS_THROUGH =
      Parameter.of(
          "passThrough",
          true,
          written ->
              switch (written.toLowerCase(Locale.ROOT)) {
                case "true" -> Optional.of(true);
                case "false" -> Optional.of(false);
                default -> Optional.empty();
              },
          "true, false");
  private static final Parameter<Optional<String>> REJECTED_PROCESSOR =
      Parameter.optional(
          "rejectedProcessor",
          written -> Optional.of(written).filter(state -> !state.isEmpty()),
          "the state of a processor");

  /**
   * The names of the shared receiver's parameters. A later block may only repeat their first
   * values.
   */
  public static final List<String> SHARED =
      Stream.concat(
              names(
                  DOMAINS,
                  DKIM,
                  TRUSTED_AUTHSERV_ID,
                  REPORTERS,
                  IGNORED_REPORTERS,
                  MAX_REPORTERS,
                  MAX_MESSAGE_SIZE,
                  MAX_REPORT_SIZE,
                  MAX_DOMAINS,
                  DATABASE,
                  DATABASE_USER,
                  DATABASE_PASSWORD,
                  RETENTION,
                  FAILURE_WINDOW)
                  .stream(),
              Stream.concat(
                  CheckParameters.names().stream(), NotificationParameters.names().stream()))
          .toList();

  /** The names of all parameters of this mailet. */
  public static final List<String> NAMES =
      Stream.concat(SHARED.stream(), names(PASS_THROUGH, REJECTED_PROCESSOR).stream()).toList();

  private static final Pattern PASSWORD_IN_URL = Pattern.compile("(?i)(password=)[^&\\s]*");

  private static final List<String> JAMES = List.of("onMailetException", "onMatchException");

  private final Map<String, String> values;

  private Parameters(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  private static Parameter<Set<DomainName>> signers(String name) {
    return Parameter.list(
        name,
        DomainName::parse,
        "a comma list of signing domains such as google.com, microsoft.com");
  }

  private static Parameter<String> login(String name) {
    return Parameter.of(
        name, "", Optional::of, "a value only if database is a jdbc:postgresql URL without one");
  }

  private static List<String> names(Parameter<?>... parameters) {
    return Stream.of(parameters).map(Parameter::name).toList();
  }

  public static Parameters of(MailetConfig config) throws MessagingException {
    Map<String, String> values = new LinkedHashMap<>();
    Iterator<String> names = config.getInitParameterNames();
    while (names.hasNext()) {
      String name = names.next();
      String value = config.getInitParameter(name);
      if (!JAMES.contains(name)) {
        values.put(name, value == null ? "" : value.strip());
      }
    }
    for (Map.Entry<String, String> parameter : values.entrySet()) {
      if (!NAMES.contains(parameter.getKey())) {
        throw unknown(parameter.getKey(), parameter.getValue());
      }
    }
    return new Parameters(values);
  }

  public Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** The same parameters, but with another value for {@code name}. */
  public Parameters with(String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(values);
    changed.put(name, value);
    return new Parameters(changed);
  }

  /** The settings of the receiver that all blocks share. */
  public Settings toSettings() throws MessagingException {
    return new Settings(
        get(DOMAINS),
        get(DKIM),
        get(TRUSTED_AUTHSERV_ID),
        new ReporterFilter(get(REPORTERS), get(IGNORED_REPORTERS)),
        get(MAX_REPORTERS),
        ReportLimits.DEFAULT.withSizes(get(MAX_MESSAGE_SIZE), get(MAX_REPORT_SIZE)),
        get(MAX_DOMAINS),
        database(),
        get(RETENTION),
        new FailureWindow(get(FAILURE_WINDOW)));
  }

  /** What the receiver may look at by itself; all blocks share it. */
  public CheckSettings toChecks() throws MessagingException {
    Map<DomainName, InetSocketAddress> mx = new LinkedHashMap<>();
    for (MxAddress named : get(CheckParameters.MX_ADDRESSES)) {
      if (mx.put(named.host(), named.address()) != null) {
        throw bad(CheckParameters.MX_ADDRESSES.name(), CheckParameters.MX_ADDRESSES.allowed());
      }
    }
    return new CheckSettings(
        get(CheckParameters.CHECKS),
        get(CheckParameters.INTERVAL),
        get(CheckParameters.RUA).stream().sorted().toList(),
        mx,
        get(CheckParameters.NETWORKS));
  }

  /** Who is told by mail. */
  public NotificationSettings toNotifications() throws MessagingException {
    NotificationSettings notifications =
        new NotificationSettings(
            get(NotificationParameters.NOTIFY).stream().sorted().toList(),
            get(NotificationParameters.DIGEST),
            get(NotificationParameters.PAGE_URL));
    if (notifications.digest() != DigestRhythm.OFF && !notifications.areOn()) {
      throw bad(NotificationParameters.DIGEST.name(), NotificationParameters.DIGEST.allowed());
    }
    return notifications;
  }

  public boolean passThrough() throws MessagingException {
    return get(PASS_THROUGH);
  }

  public Optional<String> rejectedProcessor() throws MessagingException {
    return get(REJECTED_PROCESSOR);
  }

  private <T> T get(Parameter<T> parameter) throws MessagingException {
    Optional<String> written = value(parameter.name());
    if (written.isEmpty()) {
      return parameter.otherwise();
    }
    Optional<T> value = parameter.reader().apply(written.get());
    if (value.isEmpty()) {
      throw bad(parameter.name(), parameter.allowed());
    }
    return value.get();
  }

  /** Leaves values out of the message, since one is a password. */
  private Optional<Database> database() throws MessagingException {
    Optional<Database> named = get(DATABASE);
    Optional<String> user = Optional.of(get(DATABASE_USER)).filter(name -> !name.isEmpty());
    Optional<String> password = Optional.of(get(DATABASE_PASSWORD)).filter(it -> !it.isEmpty());
    if (user.isEmpty() && password.isEmpty()) {
      return named;
    }
    Optional<Database> withLogin = named.flatMap(database -> database.withLogin(user, password));
    if (withLogin.isEmpty()) {
      Parameter<String> wrong = password.isPresent() ? DATABASE_PASSWORD : DATABASE_USER;
      throw new MessagingException(
          "TlsReportMailet: parameter "
              + wrong.name()
              + " has a value; allowed: "
              + wrong.allowed());
    }
    return withLogin;
  }

  public MessagingException bad(String name, String allowed) {
    return new MessagingException(
        "TlsReportMailet: parameter "
            + name
            + " is '"
            + withoutSecrets(name, values.getOrDefault(name, ""))
            + "'; allowed: "
            + allowed);
  }

  private static MessagingException unknown(String name, String value) {
    return new MessagingException(
        "TlsReportMailet: unknown parameter "
            + name
            + " with value '"
            + withoutSecrets(name, value)
            + "'; allowed: "
            + String.join(", ", NAMES));
  }

  /** A value as a message may show it: a password is three asterisks, also within a URL. */
  public static String withoutSecrets(String name, String value) {
    return name.toLowerCase(Locale.ROOT).contains("password")
        ? "***"
        : PASSWORD_IN_URL.matcher(value).replaceAll("$1***");
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.ReceivedReport;
import io.tlsrpt.receiver.DkimMode;
import io.tlsrpt.receiver.Settings;
import io.tlsrpt.receiver.domains.DomainPattern;
import io.tlsrpt.receiver.intake.ReporterChoice;
import io.tlsrpt.report.PolicyDomain;
import io.tlsrpt.report.ReportLimits;
import io.tlsrpt.store.Database;
import io.tlsrpt.store.url.DatabaseUrl;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.mailet.MailetConfig;

/**
 * The child elements of the mailet as the administrator wrote them: all their names, and how each
 * value is read. A bad one ends in a message that names the parameter, its value and what is
 * allowed.
 */
final class Parameters {
  static final String DOMAINS = "domains";
  static final String DKIM = "dkim";
  static final String TRUSTED_AUTHSERV_ID = "trustedAuthservId";
  static final String REPORTERS = "reporters";
  static final String IGNORED_REPORTERS = "ignoredReporters";
  static final String MAX_REPORTERS = "maxReporters";
  static final String PASS_THROUGH = "passThrough";
  static final String REJECTED_PROCESSOR = "rejectedProcessor";
  static final String MAX_MESSAGE_SIZE = "maxMessageSize";
  static final String MAX_REPORT_SIZE = "maxReportSize";
  static final String MAX_DOMAINS = "maxDomains";
  static final String DATABASE = "database";
  static final String DATABASE_USER = "databaseUser";
  static final String DATABASE_PASSWORD = "databasePassword";
  static final String RETENTION = "retention";
  static final String FAILURE_WINDOW = "failureWindow";

  /** Those that all blocks have in common. */
  static final List<String> SHARED =
      List.of(
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
          FAILURE_WINDOW);

  /** All of ours. */
  static final List<String> NAMES =
      Stream.concat(SHARED.stream(), Stream.of(PASS_THROUGH, REJECTED_PROCESSOR)).toList();

  private static final List<String> JAMES = List.of("onMailetException", "onMatchException");

  private static final Pattern AUTHSERV_ID = Pattern.compile("[\\x21-\\x7e&&[^;=\"()/]]{1,255}");

  /**
   * Of RFC 8601 §6, and others that gateways write: what stands where an authserv-id is missing.
   */
  private static final Set<String> METHODS =
      Set.of(
          "none",
          "auth",
          "spf",
          "sender-id",
          "dkim",
          "dkim-adsp",
          "dkim-atps",
          "domainkeys",
          "dmarc",
          "arc",
          "bimi",
          "iprev",
          "dnswl",
          "rrvs",
          "smime",
          "vbr",
          "compauth");

  private static final Pattern SIZE = Pattern.compile("(\\d{1,10}) ?(B|KiB|MiB|GiB)");
  private static final Pattern DURATION = Pattern.compile("(\\d{1,5}) ?(hours?|days?)");
  private static final long MAX_SIZE = 1L << 30;
  private static final long MIN_SIZE = 1L << 10;

  /** Reporters that are silent for longer are forgotten, and what they told with them. */
  private static final Duration MAX_WINDOW = Duration.ofDays(35);

  private static final Duration MIN_RETENTION = Duration.ofDays(35);
  private static final Duration MAX_RETENTION = Duration.ofDays(3650);

  private final Map<String, String> values;

  Parameters(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  static Parameters of(MailetConfig config) throws MessagingException {
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

  Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** These values, but another one for {@code name}. */
  Parameters with(String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(values);
    changed.put(name, value);
    return new Parameters(changed);
  }

  /** What all blocks have in common. */
  Settings toSettings() throws MessagingException {
    ReportLimits limits = ReportLimits.DEFAULT;
    return new Settings(
        domains(),
        dkim(),
        trustedAuthservId(),
        reporterChoice(),
        maxReporters(),
        limits.withSizes(
            size(MAX_MESSAGE_SIZE, limits.maxMessageSize()),
            size(MAX_REPORT_SIZE, limits.maxReportSize())),
        maxDomains(),
        database(),
        retention(),
        failureWindow());
  }

  Set<DomainPattern> domains() throws MessagingException {
    if (value(DOMAINS).isEmpty()) {
      return Set.of();
    }
    List<Optional<DomainPattern>> patterns =
        Arrays.stream(values.getOrDefault(DOMAINS, "").split(",", -1))
            .map(String::strip)
            .map(DomainPattern::parse)
            .toList();
    if (patterns.stream().anyMatch(Optional::isEmpty)) {
      throw bad(DOMAINS, "a comma list of domains such as example.com, *.example.net");
    }
    return patterns.stream().flatMap(Optional::stream).collect(Collectors.toUnmodifiableSet());
  }

  DkimMode dkim() throws MessagingException {
    return switch (value(DKIM).orElse("required")) {
      case "required" -> DkimMode.REQUIRED;
      case "off" -> DkimMode.OFF;
      default -> throw bad(DKIM, "required, off");
    };
  }

  Optional<String> trustedAuthservId() throws MessagingException {
    Optional<String> value = value(TRUSTED_AUTHSERV_ID);
    if (value.isPresent()
        && (!AUTHSERV_ID.matcher(value.get()).matches()
            || METHODS.contains(value.get().toLowerCase(Locale.ROOT)))) {
      throw bad(
          TRUSTED_AUTHSERV_ID,
          "one authserv-id such as mx.example.com, without blanks, and no method such as spf: a"
              + " field that begins with a method names nobody who answers for it");
    }
    return value;
  }

  ReporterChoice reporterChoice() throws MessagingException {
    return new ReporterChoice(signers(REPORTERS), signers(IGNORED_REPORTERS));
  }

  private Set<PolicyDomain> signers(String name) throws MessagingException {
    if (value(name).isEmpty()) {
      return Set.of();
    }
    List<Optional<PolicyDomain>> domains =
        Arrays.stream(values.getOrDefault(name, "").split(",", -1))
            .map(String::strip)
            .map(PolicyDomain::parse)
            .toList();
    if (domains.stream().anyMatch(Optional::isEmpty)) {
      throw bad(name, "a comma list of signing domains such as google.com, microsoft.com");
    }
    return domains.stream().flatMap(Optional::stream).collect(Collectors.toUnmodifiableSet());
  }

  int maxReporters() throws MessagingException {
    String value = value(MAX_REPORTERS).orElse("200");
    if (!value.matches("[1-9]\\d{0,3}|10000")) {
      throw bad(MAX_REPORTERS, "a whole number from 1 to 10000");
    }
    return Integer.parseInt(value);
  }

  boolean passThrough() throws MessagingException {
    return switch (value(PASS_THROUGH).orElse("true").toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw bad(PASS_THROUGH, "true, false");
    };
  }

  Optional<String> rejectedProcessor() throws MessagingException {
    Optional<String> value = value(REJECTED_PROCESSOR);
    if (value.isPresent() && value.get().isEmpty()) {
      throw bad(REJECTED_PROCESSOR, "the state of a processor");
    }
    return value;
  }

  long size(String name, long defaultBytes) throws MessagingException {
    if (value(name).isEmpty()) {
      return defaultBytes;
    }
    Matcher size = SIZE.matcher(values.getOrDefault(name, ""));
    long bytes = size.matches() ? Long.parseLong(size.group(1)) * unit(size.group(2)) : 0;
    if (bytes < MIN_SIZE || bytes > MAX_SIZE) {
      throw bad(name, "a size from 1 KiB to 1 GiB such as 15 MiB (units: B, KiB, MiB, GiB)");
    }
    return bytes;
  }

  private static long unit(String name) {
    return switch (name) {
      case "KiB" -> 1L << 10;
      case "MiB" -> 1L << 20;
      case "GiB" -> 1L << 30;
      default -> 1;
    };
  }

  int maxDomains() throws MessagingException {
    String value = value(MAX_DOMAINS).orElse("10000");
    if (!value.matches("[1-9]\\d{0,5}|1000000")) {
      throw bad(MAX_DOMAINS, "a whole number from 1 to 1000000");
    }
    return Integer.parseInt(value);
  }

  /** The database of {@value #DATABASE}; empty for the one in the server's directory. */
  Optional<Database> database() throws MessagingException {
    for (String name : List.of(DATABASE_USER, DATABASE_PASSWORD)) {
      if (!values.getOrDefault(name, "").isEmpty()) {
        throw new MessagingException(
            "TlsReportMailet: parameter "
                + name
                + " has a value; allowed: none, SQLite has no users");
      }
    }
    if (value(DATABASE).isEmpty()) {
      return Optional.empty();
    }
    Optional<Database> database = DatabaseUrl.parse(values.getOrDefault(DATABASE, ""));
    if (database.isEmpty()) {
      throw bad(DATABASE, DatabaseUrl.ALLOWED);
    }
    return database;
  }

  Duration retention() throws MessagingException {
    Duration retention = duration(RETENTION, ReceivedReport.DEFAULT_RETENTION);
    if (retention.compareTo(MIN_RETENTION) < 0 || retention.compareTo(MAX_RETENTION) > 0) {
      throw bad(RETENTION, "a time from 35 days to 3650 days such as 400 days");
    }
    return retention;
  }

  FailureWindow failureWindow() throws MessagingException {
    Duration window = duration(FAILURE_WINDOW, FailureWindow.DEFAULT.length());
    if (window.isZero() || window.compareTo(MAX_WINDOW) > 0) {
      throw bad(
          FAILURE_WINDOW, "a time from 1 hour to 35 days such as 8 days (units: hours, days)");
    }
    return new FailureWindow(window);
  }

  /** Zero if it cannot be read. */
  private Duration duration(String name, Duration otherwise) {
    if (value(name).isEmpty()) {
      return otherwise;
    }
    Matcher written = DURATION.matcher(values.getOrDefault(name, ""));
    return written.matches() ? duration(written) : Duration.ZERO;
  }

  private static Duration duration(Matcher written) {
    ChronoUnit unit = written.group(2).startsWith("h") ? ChronoUnit.HOURS : ChronoUnit.DAYS;
    return Duration.of(Long.parseLong(written.group(1)), unit);
  }

  MessagingException bad(String name, String allowed) {
    return new MessagingException(
        "TlsReportMailet: parameter "
            + name
            + " is '"
            + values.getOrDefault(name, "")
            + "'; allowed: "
            + allowed);
  }

  private static MessagingException unknown(String name, String value) {
    return new MessagingException(
        "TlsReportMailet: unknown parameter "
            + name
            + " with value '"
            + value
            + "'; allowed: "
            + String.join(", ", NAMES));
  }
}

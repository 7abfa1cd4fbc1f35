// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.imports;

import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.receiver.Parameter;
import io.tlsrpt.receiver.domains.DomainPattern;
import io.tlsrpt.store.Database;
import io.tlsrpt.store.url.DatabaseUrl;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The options of an import, as the command line has them.
 *
 * @param target the database to import into
 * @param merge whether the target may have reports that were not imported
 * @param since how far back reports are imported; empty for all
 * @param failureWindow as the servers of the target have it
 * @param mails whether the sources are mails and not databases
 * @param domains whose reports in mails count
 * @param signed whether mails must be signed
 * @param sources files and directories, at least one
 */
record ImportOptions(
    Database target,
    boolean merge,
    Optional<Duration> since,
    FailureWindow failureWindow,
    boolean mails,
    Set<DomainPattern> domains,
    boolean signed,
    List<Path> sources) {
  static final String USAGE =
      """
      Imports TLS reports into a database of TlsReportMailet. Stop the James that wrote the files.

        ImportReports --to <database> [options] <reports.db>...
        ImportReports --to <database> [options] --mails --domains <domains> <mails>...

        <database>   jdbc:postgresql://<host>/<database>?user=<user>, or the path of a SQLite file.
                     The password is that of PGPASSWORD or ~/.pgpass, or is asked for.
        <mails>      .eml files, mbox files and Maildir directories

        --merge                    even if the database has reports that were not imported
        --since "<n> days"         older reports only count in the totals, or not at all (mails)
        --failureWindow "<n> days" as in the servers' mailetcontainer.xml, if it is there
        --domains <domains>        whose reports count, such as example.org, *.example.org
        --unsigned                 believe mails without asking for signatures
        --help                     this text

      A second run changes nothing. Exit code: 0 imported, 1 stopped or incomplete, 2 wrong arguments.
      """;

  private static final Parameter<Duration> SINCE =
      Parameter.duration(
          "--since",
          Duration.ZERO,
          Duration.ofDays(1),
          Duration.ofDays(3_650),
          "a time from 1 day to 3650 days such as 60 days");
  private static final Parameter<Duration> FAILURE_WINDOW =
      Parameter.duration(
          "--failureWindow",
          FailureWindow.DEFAULT.length(),
          Duration.ofHours(1),
          Duration.ofDays(35),
          "a time from 1 hour to 35 days such as 8 days (units: hours, days)");
  private static final Parameter<Set<DomainPattern>> DOMAINS =
      Parameter.list(
          "--domains", DomainPattern::parse, "a comma list of domains such as a.org, *.b.org");
  private static final Parameter<Optional<Database>> TO =
      Parameter.optional(
          "--to", ImportOptions::database, DatabaseUrl.ALLOWED + "; or the path of a SQLite file");

  ImportOptions {
    domains = Set.copyOf(domains);
    sources = List.copyOf(sources);
  }

  /** Reads the arguments. */
  static ImportOptions parse(List<String> arguments) throws BadArgumentException {
    Deque<String> rest = new ArrayDeque<>(arguments);
    Optional<Database> target = Optional.empty();
    boolean merge = false;
    Optional<Duration> since = Optional.empty();
    FailureWindow window = FailureWindow.DEFAULT;
    boolean mails = false;
    boolean signed = true;
    Set<DomainPattern> domains = Set.of();
    List<Path> sources = new ArrayList<>();
    while (!rest.isEmpty()) {
      String next = rest.remove();
      switch (next) {
        case "--to" -> target = value(TO, rest);
        case "--merge" -> merge = true;
        case "--since" -> since = Optional.of(value(SINCE, rest));
        case "--failureWindow" -> window = new FailureWindow(value(FAILURE_WINDOW, rest));
        case "--mails" -> mails = true;
        case "--domains" -> domains = value(DOMAINS, rest);
        case "--unsigned" -> signed = false;
        default -> sources.add(source(next));
      }
    }
    check(target.isPresent(), "--to is missing; it names the database to import into");
    check(!sources.isEmpty(), "no file is named; allowed: one or several files to import");
    check(!mails || !domains.isEmpty(), "--mails needs --domains: whose reports count");
    check(mails || domains.isEmpty(), "--domains is for --mails only");
    check(mails || signed, "--unsigned is for --mails only");
    return new ImportOptions(
        target.orElseThrow(), merge, since, window, mails, domains, signed, sources);
  }

  private static <T> T value(Parameter<T> parameter, Deque<String> rest)
      throws BadArgumentException {
    Optional<String> written = Optional.ofNullable(rest.poll()).map(String::strip);
    Optional<T> value = written.flatMap(parameter.reader());
    if (value.isEmpty()) {
      throw new BadArgumentException(
          parameter.name()
              // A URL may have a password in it.
              + (written.isEmpty() ? " has no value" : " has a value that is not allowed")
              + "; allowed: "
              + parameter.allowed());
    }
    return value.get();
  }

  private static Optional<Database> database(String written) {
    return DatabaseUrl.parse(written.startsWith("jdbc:") ? written : "jdbc:sqlite:" + written);
  }

  private static Path source(String written) throws BadArgumentException {
    check(
        !written.startsWith("--"),
        written
            + " is no option; allowed: --to, --merge, --since, --failureWindow, --mails,"
            + " --domains, --unsigned, --help");
    try {
      return Path.of(written);
    } catch (InvalidPathException e) {
      throw new BadArgumentException(written + " is no path: " + e.getReason());
    }
  }

  private static void check(boolean isRight, String otherwise) throws BadArgumentException {
    if (!isRight) {
      throw new BadArgumentException(otherwise);
    }
  }
}

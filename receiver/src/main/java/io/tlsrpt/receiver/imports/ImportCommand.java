// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.imports;

import io.tlsrpt.dkim.Authenticator;
import io.tlsrpt.dkim.DkimAuthenticator;
import io.tlsrpt.dkim.KnownKeys;
import io.tlsrpt.figures.ReporterLimit;
import io.tlsrpt.store.Archive;
import io.tlsrpt.store.Database;
import io.tlsrpt.store.DomainStanding;
import io.tlsrpt.store.Node;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.StoreHealth;
import io.tlsrpt.store.StoreLimits;
import io.tlsrpt.store.StoreRules;
import io.tlsrpt.store.StoreUnavailableException;
import io.tlsrpt.store.url.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The command that imports reports, as an administrator calls it. */
public final class ImportCommand {
  /** All imports have this name among the servers that share a database. */
  private static final Node NODE = new Node("ImportReports", Map.of());

  /** What the store remembers mails as. */
  private static final String MAILS = "mails";

  private static final int IMPORTED = 0;
  private static final int INCOMPLETE = 1;
  private static final int WRONG_ARGUMENTS = 2;

  private final Consumer<String> lines;
  private final Consumer<String> errors;
  private final PasswordSource passwords;
  private final InstantSource clock;

  /** Where the password of the database comes from. */
  public interface PasswordSource {
    /** The password that was given beforehand. */
    Optional<String> given();

    /** Asks for it; empty if there is nobody to ask. */
    Optional<String> ask(String prompt);
  }

  /**
   * A command.
   *
   * @param lines takes what is told
   * @param errors takes what is wrong
   */
  public ImportCommand(
      Consumer<String> lines,
      Consumer<String> errors,
      PasswordSource passwords,
      InstantSource clock) {
    this.lines = lines;
    this.errors = errors;
    this.passwords = passwords;
    this.clock = clock;
  }

  /** Runs it; its exit code. */
  public int run(List<String> arguments) {
    if (arguments.contains("--help")) {
      lines.accept(ImportOptions.USAGE);
      return IMPORTED;
    }
    try {
      return run(ImportOptions.parse(arguments));
    } catch (BadArgumentException e) {
      errors.accept(e.getMessage() + "\n\n" + ImportOptions.USAGE);
      return WRONG_ARGUMENTS;
    } catch (StoreUnavailableException | IOException e) {
      errors.accept("The import stopped: " + e.getMessage());
      return INCOMPLETE;
    }
  }

  private int run(ImportOptions options) throws IOException {
    try (ReportStore store = open(options)) {
      checkTarget(store, options);
      int code = options.mails() ? importMails(store, options) : importDatabases(store, options);
      lines.accept(
          String.format(
              Locale.ROOT,
              "%s has %,d reports about %,d domains now",
              options.target(),
              store.reports(),
              store.domains().size()));
      return code;
    }
  }

  private int importDatabases(ReportStore store, ImportOptions options) throws IOException {
    List<Archive> archives = new ArrayList<>();
    try {
      for (Path source : options.sources()) {
        checkIsNot(options.target(), source);
        archives.add(DatabaseUrl.archive(source));
      }
      DatabaseImport.Result result =
          new DatabaseImport(store, new Progress(lines, System::nanoTime))
              .run(archives, since(options));
      lines.accept(
          String.format(
              Locale.ROOT,
              "%,d reports imported, %,d were there already, %,d refused, %,d damaged rows left out",
              result.stored(),
              result.duplicates(),
              result.refused(),
              result.damaged()));
      return result.refused() + result.damaged() == 0 ? IMPORTED : INCOMPLETE;
    } finally {
      archives.forEach(Archive::close);
    }
  }

  private int importMails(ReportStore store, ImportOptions options) throws IOException {
    Instant since = since(options);
    List<ArchivedMail> mails =
        MailFiles.in(options.sources(), clock.instant()).stream()
            .filter(mail -> !mail.receipt().isBefore(since))
            .toList();
    lines.accept(String.format(Locale.ROOT, "%,d mails", mails.size()));
    store.addImport(MAILS, Instant.EPOCH, List.of());
    KnownKeys keys = new KnownKeys(clock);
    try (ClosedAfter authenticator =
        new ClosedAfter(
            options.signed()
                ? Optional.of(DkimAuthenticator.withServersDns(keys, clock, key -> {}))
                : Optional.empty())) {
      MailImport.Result result =
          new MailImport(
                  Intakes.of(store, options, authenticator.inner(), keys),
                  new Progress(lines, System::nanoTime))
              .run(mails);
      result
          .outcomes()
          .forEach(
              (outcome, count) ->
                  lines.accept(String.format(Locale.ROOT, "%,d reports %s", count, outcome)));
      if (result.notJudged() > 0) {
        lines.accept(
            String.format(
                Locale.ROOT,
                "%,d mails not judged, since the DNS does not answer",
                result.notJudged()));
      }
      return result.notJudged() == 0 ? IMPORTED : INCOMPLETE;
    }
  }

  /** An authenticator that may be missing. */
  private record ClosedAfter(Optional<Authenticator> inner) implements AutoCloseable {
    @Override
    public void close() {
      inner.ifPresent(Authenticator::close);
    }
  }

  private static void checkIsNot(Database target, Path source) {
    if (source.toAbsolutePath().toString().equals(target.toString())) {
      throw new StoreUnavailableException(source + " cannot be imported into itself");
    }
  }

  private Instant since(ImportOptions options) {
    return options.since().map(time -> clock.instant().minus(time)).orElse(Instant.EPOCH);
  }

  /** Opens the target with the password; asks for one only if the target refuses without. */
  private ReportStore open(ImportOptions options) {
    Database target = options.target();
    Optional<String> given = passwords.given();
    ReportStore store = open(with(target, given), options);
    if (refusesLogin(store) && given.isEmpty()) {
      Optional<String> asked = passwords.ask("Password for " + target + ": ");
      if (asked.isPresent()) {
        store.close();
        store = open(with(target, asked), options);
      }
    }
    if (store.health() instanceof StoreHealth.Unavailable outage) {
      store.close();
      throw new StoreUnavailableException(outage.error());
    }
    return store;
  }

  /** A database that takes no password, or has one in its URL, is used as it is. */
  private static Database with(Database target, Optional<String> password) {
    return password
        .flatMap(secret -> target.withLogin(Optional.empty(), Optional.of(secret)))
        .orElse(target);
  }

  private static boolean refusesLogin(ReportStore store) {
    return store.health() instanceof StoreHealth.Unavailable outage
        && outage.error().toLowerCase(Locale.ROOT).contains("password");
  }

  private ReportStore open(Database target, ImportOptions options) {
    return target.open(
        new StoreRules(
            // The source has admitted them; the target's servers go by their own limits again.
            new StoreLimits(
                Integer.MAX_VALUE,
                new ReporterLimit(Integer.MAX_VALUE, reporter -> reporter),
                domain -> DomainStanding.NAMED),
            options.failureWindow(),
            reporter -> true),
        NODE,
        clock);
  }

  /**
   * Old reports that are folded after new ones lose their incidents, so a database in which a
   * server has stored reports is refused unless the administrator wants it.
   */
  private static void checkTarget(ReportStore store, ImportOptions options) {
    boolean isEmpty = store.reports() == 0 && store.domains().isEmpty();
    boolean isImported =
        !store.imports().isEmpty()
            && store.domains().stream().allMatch(state -> store.isOwn(state.domain()));
    if (!isEmpty && !isImported && !options.merge()) {
      throw new StoreUnavailableException(
          options.target()
              + " has reports that a James stored; with --merge older ones are added all the same");
    }
  }
}

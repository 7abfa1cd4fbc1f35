// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.imports;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.ReportIdentity;
import io.tlsrpt.store.Archive;
import io.tlsrpt.store.KnownKey;
import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.StoreOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Imports databases into a store as if the store had received all their reports: in order of
 * receipt, side by side. Each report counts once by its identity, so a second run changes nothing.
 * Totals of reports that a database keeps no more are added first, so that an import that broke off
 * can go on.
 */
final class DatabaseImport {
  private static final int AT_ONCE = 64;

  private final ReportStore store;
  private final Progress progress;
  private long stored;
  private long duplicates;
  private long refused;

  DatabaseImport(ReportStore store, Progress progress) {
    this.store = store;
    this.progress = progress;
  }

  /**
   * What an import has come to.
   *
   * @param stored reports that are new in the store
   * @param duplicates reports that it knew
   * @param refused reports that it could not take
   * @param damaged rows that could not be understood
   */
  record Result(long stored, long duplicates, long refused, long damaged) {}

  /**
   * Imports databases.
   *
   * @param since receipt from which on reports are imported; an earlier run that broke off decides
   *     for its databases
   */
  Result run(List<Archive> archives, Instant since) {
    Map<String, Archive> different = new LinkedHashMap<>();
    archives.forEach(archive -> different.putIfAbsent(archive.id(), archive));
    Map<Archive, Instant> from = addPast(List.copyOf(different.values()), since);
    from.forEach((archive, receipt) -> archive.deleted(receipt, store::addDeleted));
    different.values().forEach(this::addKeys);
    long damaged = addReports(from);
    return new Result(stored, duplicates, refused, damaged);
  }

  /** Adds what each database knows beyond its reports; the receipt from which on they follow. */
  private Map<Archive, Instant> addPast(List<Archive> archives, Instant since) {
    Map<String, Instant> imported = store.imports();
    Map<Archive, Instant> from = new LinkedHashMap<>();
    // The newest first: of several copies of one database, the newest knows all that is deleted.
    archives.stream()
        .sorted(Comparator.comparing(DatabaseImport::lastReceipt).reversed())
        .forEach(archive -> from.put(archive, imported.getOrDefault(archive.id(), since)));
    Instant first =
        from.entrySet().stream()
            .flatMap(one -> one.getKey().receipts(one.getValue()).stream())
            .map(Archive.Span::first)
            .min(Instant::compareTo)
            .orElse(Instant.MAX);
    List<Archive> counted = new ArrayList<>();
    Map<Archive, List<DomainState>> past = new LinkedHashMap<>();
    from.forEach(
        (archive, receipt) -> {
          boolean isCopy = isCopy(archive, counted);
          past.put(
              archive,
              isCopy || imported.containsKey(archive.id())
                  ? List.of()
                  : archive.past(receipt, first));
          counted.add(archive);
          tell(archive, receipt, isCopy, past.get(archive));
        });
    from.forEach(
        (archive, receipt) ->
            store.addImport(archive.id(), receipt, past.getOrDefault(archive, List.of())));
    return from;
  }

  private static Instant lastReceipt(Archive archive) {
    return archive.receipts(Instant.EPOCH).map(Archive.Span::last).orElse(Instant.EPOCH);
  }

  /**
   * Whether most of the oldest reports of a database are in the store, or in another database. Then
   * it is an earlier or a later copy of that one, and its totals must not be added again.
   */
  private boolean isCopy(Archive archive, List<Archive> others) {
    List<ReportIdentity> oldest = oldest(archive);
    return isMost(store.known(oldest), oldest)
        || others.stream()
            .anyMatch(
                other ->
                    isMost(other.known(oldest), oldest)
                        || isMost(archive.known(oldest(other)), oldest(other)));
  }

  private static boolean isMost(int known, List<ReportIdentity> all) {
    return known * 2 > all.size();
  }

  private static List<ReportIdentity> oldest(Archive archive) {
    List<ReportIdentity> oldest = new ArrayList<>();
    try (Archive.Cursor reports = archive.read(Instant.EPOCH)) {
      Optional<NewReport> next = reports.next();
      while (next.isPresent() && oldest.size() < AT_ONCE) {
        oldest.add(next.get().identity());
        next = reports.next();
      }
    }
    return oldest;
  }

  private void tell(Archive archive, Instant from, boolean isCopy, List<DomainState> past) {
    long older = past.stream().mapToLong(state -> state.totals().reports()).sum();
    progress.tell(
        String.format(
            Locale.ROOT,
            "%s: %,d reports%s%s",
            archive,
            archive.reports(from),
            older > 0
                ? String.format(Locale.ROOT, ", and the totals of %,d older ones", older)
                : "",
            isCopy ? ", many of which are known already" : ""));
  }

  private void addKeys(Archive archive) {
    Map<String, KnownKey> known =
        store.knownKeys().stream().collect(toMap(KnownKey::name, identity()));
    List<KnownKey> newer =
        archive.knownKeys().stream()
            .filter(
                key ->
                    !known.containsKey(key.name())
                        || known.get(key.name()).goodOn().isBefore(key.goodOn()))
            .toList();
    if (!newer.isEmpty()) {
      store.keepKeys(newer, List.of());
    }
  }

  private long addReports(Map<Archive, Instant> from) {
    long all =
        from.entrySet().stream().mapToLong(one -> one.getKey().reports(one.getValue())).sum();
    try (MergedReports reports = new MergedReports(from)) {
      List<NewReport> next = reports.next(AT_ONCE);
      while (!next.isEmpty()) {
        commit(next);
        progress.at(stored + duplicates + refused, all, "reports");
        next = reports.next(AT_ONCE);
      }
      return reports.damaged();
    }
  }

  private void commit(List<NewReport> some) {
    try {
      store.commit(some).forEach(this::count);
    } catch (IllegalStateException e) {
      // The database does not take the values of one of them.
      if (some.size() == 1) {
        refused++;
      } else {
        some.forEach(one -> commit(List.of(one)));
      }
    }
  }

  private void count(StoreOutcome outcome) {
    switch (outcome) {
      case StoreOutcome.Stored one -> stored++;
      case StoreOutcome.AlreadyStored one -> duplicates++;
      case StoreOutcome.Refused one -> refused++;
    }
  }
}

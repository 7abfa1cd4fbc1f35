// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.ReportIdentity;
import io.tlsrpt.figures.history.ReportQuery;
import io.tlsrpt.figures.history.ReportsOfDay;
import io.tlsrpt.figures.history.StoredReport;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.DeletedReport;
import io.tlsrpt.store.DomainStanding;
import io.tlsrpt.store.KnownKey;
import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.StateChange;
import io.tlsrpt.store.StoreHealth;
import io.tlsrpt.store.StoreOutcome;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Two servers with one database as one store: what one writes is read from the other. */
final class TakingTurns implements ReportStore {
  private ReportStore writer;
  private ReportStore reader;

  TakingTurns(ReportStore one, ReportStore other) {
    writer = one;
    reader = other;
  }

  private <T> T write(Supplier<T> work) {
    T result = work.get();
    reader.refresh();
    assertThat(reader.domains()).containsExactlyInAnyOrderElementsOf(writer.domains());
    ReportStore next = reader;
    reader = writer;
    writer = next;
    return result;
  }

  @Override
  public List<StoreOutcome> commit(List<NewReport> mail) {
    return write(() -> writer.commit(mail));
  }

  @Override
  public int deleteReports(Instant receivedBefore, int atMost) {
    return write(() -> writer.deleteReports(receivedBefore, atMost));
  }

  @Override
  public int deleteIdentities(LocalDate endedBefore, int atMost) {
    return write(() -> writer.deleteIdentities(endedBefore, atMost));
  }

  @Override
  public List<DomainName> forget(
      Instant before, Instant now, Function<DomainName, DomainStanding> standing) {
    return write(() -> writer.forget(before, now, standing));
  }

  @Override
  public void believe(Instant now) {
    write(
        () -> {
          writer.believe(now);
          return now;
        });
  }

  @Override
  public void keepKeys(Collection<KnownKey> kept, Collection<String> forgotten) {
    write(
        () -> {
          writer.keepKeys(kept, forgotten);
          return kept;
        });
  }

  @Override
  public Map<String, Instant> imports() {
    return writer.imports();
  }

  @Override
  public void addImport(String source, Instant since, Collection<DomainState> past) {
    write(
        () -> {
          writer.addImport(source, since, past);
          return past;
        });
  }

  @Override
  public int known(Collection<ReportIdentity> reports) {
    return writer.known(reports);
  }

  @Override
  public void addDeleted(Collection<DeletedReport> reports) {
    write(
        () -> {
          writer.addDeleted(reports);
          return reports;
        });
  }

  // After a turn the next writer is the one that has just read what the other wrote.

  @Override
  public DomainState domain(DomainName domain) {
    return writer.domain(domain);
  }

  @Override
  public Collection<DomainState> domains() {
    return writer.domains();
  }

  @Override
  public long revision() {
    return writer.revision();
  }

  @Override
  public Instant lastReceipt() {
    return writer.lastReceipt();
  }

  @Override
  public long reports() {
    return writer.reports();
  }

  @Override
  public Optional<Instant> latestRangeEnd() {
    return writer.latestRangeEnd();
  }

  @Override
  public List<KnownKey> knownKeys() {
    return writer.knownKeys();
  }

  @Override
  public void read(ReportQuery query, Predicate<StoredReport> to) {
    writer.read(query, to);
  }

  @Override
  public List<StoredReport> report(long id) {
    return writer.report(id);
  }

  @Override
  public List<ReportsOfDay> days(DomainName domain, LocalDate since) {
    return writer.days(domain, since);
  }

  @Override
  public StoreHealth health() {
    return writer.health();
  }

  @Override
  public boolean recover() {
    return writer.recover();
  }

  @Override
  public Optional<String> clockError() {
    return writer.clockError();
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public List<DomainName> refresh() {
    return writer.refresh();
  }

  @Override
  public boolean isOwn(DomainName domain) {
    return writer.isOwn(domain);
  }

  @Override
  public void listen(Consumer<StateChange> listener) {
    writer.listen(listener);
    reader.listen(listener);
  }

  @Override
  public void close() {
    writer.close();
    reader.close();
  }
}

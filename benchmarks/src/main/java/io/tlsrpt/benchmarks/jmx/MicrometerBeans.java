// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.jmx;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.jmx.JmxConfig;
import io.micrometer.jmx.JmxMeterRegistry;
import io.tlsrpt.figures.DomainFigures;
import io.tlsrpt.figures.FailureFigures;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.PolicyKind;
import io.tlsrpt.report.MtaStsMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The numbers that our beans show, each as a meter of a stock Micrometer JMX registry. Figures are
 * made once and never again, which is in Micrometer's favour.
 */
final class MicrometerBeans {
  private final MeterRegistry registry = new JmxMeterRegistry(JmxConfig.DEFAULT, Clock.SYSTEM);

  static Runnable of(ScaledStates states) {
    List<DomainFigures> figures = states.figures();
    return () -> {
      MicrometerBeans beans = new MicrometerBeans();
      figures.forEach(beans::add);
    };
  }

  private void add(DomainFigures domain) {
    Tags tags = Tags.of("domain", domain.domain().value());
    addDomain(domain, tags);
    addBreakdown(domain, tags);
    domain.failures().forEach(failure -> addFailure(failure, tags));
  }

  private void addDomain(DomainFigures domain, Tags tags) {
    count("reports", tags, domain, d -> d.totals().reports());
    count(
        "sessions",
        tags.and("result", "successful"),
        domain,
        d -> d.totals().sessions().successful());
    count("sessions", tags.and("result", "failed"), domain, d -> d.totals().sessions().failed());
    gauge("active.failures", tags, domain, d -> d.active().failed());
    gauge("failure.ratio", tags, domain, DomainFigures::failureRatio);
    gauge("failing", tags, domain, d -> d.failing() ? 1 : 0);
    gauge("enforce.ready", tags, domain, d -> d.enforceReady() ? 1 : 0);
    gauge("reporters", tags, domain, DomainFigures::reporters);
    gauge("reporters.overdue", tags, domain, DomainFigures::reportersOverdue);
    gauge("last.report.time", tags, domain, d -> time(d.totals().lastReportTime()));
    gauge("last.report.end", tags, domain, d -> time(d.totals().lastReportEnd()));
    gauge("oldest.active.failure", tags, domain, d -> day(d.oldestActiveFailure()));
    gauge("newest.active.failure", tags, domain, d -> day(d.newestActiveFailure()));
    gauge("last.failure", tags, domain, d -> day(d.totals().lastFailure()));
  }

  private void addBreakdown(DomainFigures domain, Tags tags) {
    for (PolicyKind kind : PolicyKind.values()) {
      Tags policy = tags.and("policy_type", kind.key());
      count(
          "policy.sessions",
          policy.and("result", "successful"),
          domain,
          d -> d.totals().of(kind).successful());
      count(
          "policy.sessions",
          policy.and("result", "failed"),
          domain,
          d -> d.totals().of(kind).failed());
    }
    for (FailureKind kind : FailureKind.values()) {
      Tags type = tags.and("result_type", kind.key());
      count("failures", type, domain, d -> d.totals().failures().of(kind));
      gauge("active.failures.by.type", type, domain, d -> d.activeFailures().of(kind));
    }
    for (MtaStsMode mode : MtaStsMode.values()) {
      gauge("policy.mode", tags.and("mode", mode.key()), domain, d -> d.mode() == mode ? 1 : 0);
    }
  }

  private void addFailure(FailureFigures failure, Tags domain) {
    Tags tags = domain.and("result_type", failure.kind().key());
    count("failure.sessions", tags, failure, FailureFigures::failedSessions);
    gauge("failure.active.sessions", tags, failure, FailureFigures::activeSessions);
    gauge("failure.active.since", tags, failure, f -> day(f.activeSince()));
    gauge("failure.first.seen", tags, failure, f -> day(Optional.of(f.firstSeen())));
    gauge("failure.last.seen", tags, failure, f -> day(Optional.of(f.lastSeen())));
    gauge("failure.reporters", tags, failure, f -> f.reporters().size());
  }

  private <T> void count(String name, Tags tags, T figures, ToDoubleFunction<T> reader) {
    FunctionCounter.builder("tlsrpt." + name, figures, reader).tags(tags).register(registry);
  }

  private <T> void gauge(String name, Tags tags, T figures, ToDoubleFunction<T> reader) {
    Gauge.builder("tlsrpt." + name, figures, reader).tags(tags).register(registry);
  }

  private static double day(Optional<LocalDate> day) {
    return time(day.map(d -> d.atStartOfDay(ZoneOffset.UTC).toInstant()));
  }

  private static double time(Optional<Instant> time) {
    return time.map(t -> t.toEpochMilli() / 1e3).orElse(Double.NaN);
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.DomainFigures;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.receiver.TlsReportReceiver;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.james.core.healthcheck.ComponentName;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.core.healthcheck.Result;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Health check of James: degraded while a domain is losing mail, that is, while {@code LosingMail}
 * of its bean {@code type=Domain} is true. Optional: name it in {@code additional.healthchecks} of
 * {@code healthcheck.properties}, or leave it out, since James logs a degraded check every minute.
 */
public final class TlsReportDomainsHealthCheck implements HealthCheck {
  // RATIONALE: Two health checks
  private static final ComponentName NAME = new ComponentName("TLS report domains");
  private static final int MAX_NAMED = 20;

  private final SharedReceiver receiver;

  /** For the container. */
  @Inject
  public TlsReportDomainsHealthCheck(SharedReceiver receiver) {
    this.receiver = requireNonNull(receiver, "receiver");
  }

  @Override
  public ComponentName componentName() {
    return NAME;
  }

  @Override
  public Publisher<Result> check() {
    return Mono.fromSupplier(
        () -> result(receiver.running().map(TlsReportReceiver::losingMail).orElse(List.of())));
  }

  private static Result result(List<DomainFigures> losing) {
    return losing.isEmpty()
        ? Result.healthy(NAME)
        : Result.degraded(
            NAME,
            "Senders keep back mail to "
                + losing.size()
                + (losing.size() == 1 ? " domain" : " domains")
                + ": "
                + losing.stream()
                    .limit(MAX_NAMED)
                    .map(TlsReportDomainsHealthCheck::describe)
                    .collect(Collectors.joining(", "))
                + (losing.size() > MAX_NAMED ? ", …" : ""));
  }

  private static String describe(DomainFigures domain) {
    return domain.activeFailures().kinds().stream()
        .map(FailureKind::key)
        .collect(Collectors.joining(", ", domain.domain() + " (", ")"));
  }
}

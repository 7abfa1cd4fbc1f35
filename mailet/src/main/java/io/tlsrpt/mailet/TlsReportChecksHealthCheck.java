// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.receiver.TlsReportReceiver;
import io.tlsrpt.view.EndangeredMail;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.james.core.healthcheck.ComponentName;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.core.healthcheck.Result;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Health check of James: degraded while the receiver's own looks see something for which senders
 * keep mail back, or soon will. It tells before mail is lost, where {@link
 * TlsReportDomainsHealthCheck} tells after. Optional: name it in {@code additional.healthchecks} of
 * {@code healthcheck.properties}.
 */
public final class TlsReportChecksHealthCheck implements HealthCheck {
  private static final ComponentName NAME = new ComponentName("TLS report checks");
  private static final int MAX_NAMED = 20;

  private final SharedReceiver receiver;

  /** For the container. */
  @Inject
  public TlsReportChecksHealthCheck(SharedReceiver receiver) {
    this.receiver = requireNonNull(receiver, "receiver");
  }

  @Override
  public ComponentName componentName() {
    return NAME;
  }

  @Override
  public Publisher<Result> check() {
    return Mono.fromSupplier(
        () ->
            result(
                receiver
                    .running()
                    .map(TlsReportReceiver::figures)
                    .map(figures -> EndangeredMail.of(figures.postures()))
                    .orElse(List.of())));
  }

  private static Result result(List<String> endangered) {
    return endangered.isEmpty()
        ? Result.healthy(NAME)
        : Result.degraded(
            NAME,
            "What is published, or what an MX host answers, makes senders keep mail back: "
                + endangered.stream().limit(MAX_NAMED).collect(Collectors.joining("; "))
                + (endangered.size() > MAX_NAMED ? "; …" : ""));
  }
}

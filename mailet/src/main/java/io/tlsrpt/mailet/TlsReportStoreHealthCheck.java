// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.receiver.TlsReportReceiver;
import io.tlsrpt.store.StoreHealth;
import jakarta.inject.Inject;
import java.util.Optional;
import org.apache.james.core.healthcheck.ComponentName;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.core.healthcheck.Result;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Health check of James: unhealthy while reports cannot be stored; degraded while no mailet takes
 * reports, or while the server's clock contradicts the stored times. To be named in {@code
 * additional.healthchecks} of {@code healthcheck.properties}. The server may ask before any mailet
 * is initialised.
 */
public final class TlsReportStoreHealthCheck implements HealthCheck {
  private static final ComponentName NAME = new ComponentName("TLS report store");

  private final SharedReceiver receiver;

  /** For the container. */
  @Inject
  public TlsReportStoreHealthCheck(SharedReceiver receiver) {
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
                receiver.running().map(TlsReportReceiver::storeHealth),
                receiver.running().flatMap(TlsReportReceiver::clockError)));
  }

  private static Result result(Optional<StoreHealth> health, Optional<String> clockError) {
    if (health.isEmpty()) {
      return Result.degraded(NAME, "No TlsReportMailet is configured, or none is initialised yet");
    }
    return switch (health.get()) {
      case StoreHealth.Available available ->
          clockError
              .map(error -> Result.degraded(NAME, "The clock cannot be trusted: " + error))
              .orElseGet(() -> Result.healthy(NAME));
      case StoreHealth.Unavailable outage ->
          Result.unhealthy(
              NAME,
              "TLS reports cannot be stored and have been waiting since "
                  + outage.since()
                  + ": "
                  + outage.error());
    };
  }
}

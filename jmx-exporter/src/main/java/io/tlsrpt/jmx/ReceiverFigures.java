// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.ReceiverState;
import java.util.Optional;

/**
 * The receiver as it is shown.
 *
 * @param domainLimit monitored domains at most
 * @param storeError why reports cannot be stored now; empty if they can
 * @param dkimMode whether signatures are required
 * @param version of the plugin
 */
public record ReceiverFigures(
    ReceiverState state,
    long domainLimit,
    Optional<String> storeError,
    String dkimMode,
    String version) {
  public ReceiverFigures {
    requireNonNull(state, "state");
    requireNonNull(storeError, "storeError");
    requireNonNull(dkimMode, "dkimMode");
    requireNonNull(version, "version");
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.view;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.receiver.ReceiverState;
import io.tlsrpt.figures.receiver.UnknownDomain;
import java.util.List;
import java.util.Optional;

/**
 * The receiver as it is shown.
 *
 * @param revision another number whenever figures of a domain have changed by a report
 * @param domainLimit monitored domains at most
 * @param storeError why reports cannot be stored now; empty if they can
 * @param clockError why the server's clock cannot be believed; empty if it can
 * @param unknownDomains domains that were refused because they are not ours, the last one first
 * @param dkimMode whether signatures are required
 * @param version of the plugin
 */
public record ReceiverFigures(
    ReceiverState state,
    long revision,
    long domainLimit,
    Optional<String> storeError,
    Optional<String> clockError,
    List<UnknownDomain> unknownDomains,
    String dkimMode,
    String version) {
  public ReceiverFigures {
    requireNonNull(state, "state");
    requireNonNull(storeError, "storeError");
    requireNonNull(clockError, "clockError");
    unknownDomains = List.copyOf(unknownDomains);
    requireNonNull(dkimMode, "dkimMode");
    requireNonNull(version, "version");
  }
}

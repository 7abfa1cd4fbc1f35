// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.ReceiverState;

/**
 * The receiver as it is shown.
 *
 * @param domainLimit monitored domains at most
 * @param dkimMode whether signatures are required
 * @param version of the plugin
 */
public record ReceiverFigures(
    ReceiverState state, long domainLimit, String dkimMode, String version) {
  public ReceiverFigures {
    requireNonNull(state, "state");
    requireNonNull(dkimMode, "dkimMode");
    requireNonNull(version, "version");
  }
}

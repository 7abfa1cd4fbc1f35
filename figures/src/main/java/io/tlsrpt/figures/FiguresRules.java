// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.report.DomainName;
import java.util.function.UnaryOperator;

/**
 * The rules by which the figures of a domain are computed from its state.
 *
 * @param window how long a failure stays active
 * @param organisationOf the domain that a reporter's organisation registered: the reporters of one
 *     organisation have one vote
 */
public record FiguresRules(FailureWindow window, UnaryOperator<DomainName> organisationOf) {
  public FiguresRules {
    requireNonNull(window, "window");
    requireNonNull(organisationOf, "organisationOf");
  }
}

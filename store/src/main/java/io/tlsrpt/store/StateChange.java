// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.DomainState;

/** What a commit has made of a domain. */
public record StateChange(DomainState before, DomainState after) {
  public StateChange {
    requireNonNull(before, "before");
    requireNonNull(after, "after");
  }
}

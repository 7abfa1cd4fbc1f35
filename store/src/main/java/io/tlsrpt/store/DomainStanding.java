// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

/** How firmly a policy domain is ours. */
public enum DomainStanding {
  /** The server serves it, or the administrator named it. */
  NAMED,
  /**
   * It fits a pattern of the administrator's, and so may anything that a sender invents: it has a
   * place as long as it is heard of, and gives it to one that is named.
   */
  BY_PATTERN,
  /** It is not ours, or no longer. */
  NOT_OURS
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

/** How firmly a policy domain is ours. */
public enum DomainStanding {
  /** The server serves it, or the administrator named it. */
  NAMED,
  /**
   * No list has it by its name: it fits a pattern of the administrator, as may any name that a
   * sender invents, or is an MX host of ours. It keeps its place while reports about it arrive, and
   * loses it to a named domain that needs one.
   */
  UNLISTED,
  /** It is not ours, or no longer. */
  NOT_OURS
}

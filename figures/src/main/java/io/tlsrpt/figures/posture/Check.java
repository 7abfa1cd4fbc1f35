// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.posture;

/** One thing that is looked at, of a domain or of an MX host. */
public sealed interface Check permits DomainCheck, MxCheck {

  /** As it is shown everywhere: {@code mta-sts}. */
  String key();
}

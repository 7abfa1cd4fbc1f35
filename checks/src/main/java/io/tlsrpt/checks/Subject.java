// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.report.DomainName;

/** What has looks of its own. */
sealed interface Subject {
  DomainName name();

  /** A domain of ours. */
  record OfDomain(DomainName name) implements Subject {
    public OfDomain {
      requireNonNull(name, "name");
    }
  }

  /** An MX host of one domain or of many. */
  record OfHost(DomainName name) implements Subject {
    public OfHost {
      requireNonNull(name, "name");
    }
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.RejectionReason;

/** Whether a mail comes from the reporter that it names: RFC 8460 §3. */
public sealed interface Authenticity {

  /**
   * It does.
   *
   * @param reporter the domain that answers for it: lower case, A-labels
   */
  record Authenticated(String reporter) implements Authenticity {
    public Authenticated {
      requireNonNull(reporter, "reporter");
    }
  }

  /**
   * It does not, or cannot show it; final.
   *
   * @param detail for the log, with the domains involved; no line breaks of a sender's making
   */
  record Unauthenticated(RejectionReason reason, String detail) implements Authenticity {
    public Unauthenticated {
      requireNonNull(reason, "reason");
      requireNonNull(detail, "detail");
    }
  }

  /**
   * Nobody can tell now: the DNS gives no answer, and may give one later.
   *
   * @param signer the domain whose key could not be had
   */
  record Undecided(String signer, String detail) implements Authenticity {
    public Undecided {
      requireNonNull(signer, "signer");
      requireNonNull(detail, "detail");
    }
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.report.DomainName;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a mail comes from the reporter that it names: RFC 8460 §3. */
public sealed interface Authenticity {

  /**
   * The mail comes from its reporter.
   *
   * @param reporter the domain of its author, for which a signature answers
   * @param signed names, in lower case, of the header fields that the signature covers and that are
   *     there once: nobody on the way can have changed or added them
   */
  record Authenticated(DomainName reporter, Set<String> signed) implements Authenticity {
    public Authenticated {
      requireNonNull(reporter, "reporter");
      signed = Set.copyOf(signed);
    }

    /** The same, with those of the signed fields only that have these names. */
    public Authenticated withSigned(Set<String> names) {
      return new Authenticated(
          reporter, signed.stream().filter(names::contains).collect(Collectors.toSet()));
    }
  }

  /**
   * The mail does not come from its reporter, or does not prove it; final.
   *
   * @param detail for the log, with the domains involved; no line breaks of a sender's making
   */
  record Unauthenticated(Fault fault, String detail) implements Authenticity {
    public Unauthenticated {
      requireNonNull(fault, "fault");
      requireNonNull(detail, "detail");
    }
  }

  /**
   * Nobody can tell now: the DNS gives no answer, and may give one later.
   *
   * @param signer the domain whose key could not be had
   * @param keyName the name of that key in the DNS, in lower case; the mail can be decided when the
   *     DNS answers for this name
   * @param standing what speaks for the mail meanwhile
   * @param asked whether the DNS was asked; if not, the missing answer says nothing about it
   */
  record Undecided(
      DomainName signer, String keyName, String detail, Standing standing, boolean asked)
      implements Authenticity {
    public Undecided {
      requireNonNull(signer, "signer");
      requireNonNull(keyName, "keyName");
      requireNonNull(detail, "detail");
      requireNonNull(standing, "standing");
    }
  }

  /** What speaks for a mail of which nobody can tell now; the most comes last. */
  enum Standing {
    /** Nothing: the DNS was asked and gave no answer. */
    UNANSWERED,
    /** Nothing yet: the answer was not waited for, because too many others were waiting. */
    UNASKED,
    /** The signature is good under a key of its name that was good before. */
    LIKELY
  }
}

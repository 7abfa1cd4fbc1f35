// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.judgement;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.checks.records.MtaStsPolicy;
import io.tlsrpt.figures.posture.Seen;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What one look saw of a domain's MTA-STS. */
public sealed interface PolicySight {

  /** What is to be said of it. */
  Seen seen();

  /** When the certificate of the policy host ends, if one was seen. */
  default Optional<Instant> certificateExpires() {
    return Optional.empty();
  }

  /** No record, so no policy; nothing was fetched. */
  record NotPublished(Seen seen) implements PolicySight {
    public NotPublished {
      requireNonNull(seen, "seen");
    }
  }

  /** A record is there, and the policy is not looked at. */
  record NotLookedAt(String id, Seen seen) implements PolicySight {
    public NotLookedAt {
      requireNonNull(id, "id");
      requireNonNull(seen, "seen");
    }
  }

  /** The record or the policy cannot be used, or could not be had. */
  record NoPolicy(Seen seen, Optional<Instant> certificateExpires) implements PolicySight {
    public NoPolicy {
      requireNonNull(seen, "seen");
      requireNonNull(certificateExpires, "certificateExpires");
    }
  }

  /**
   * A policy that can be used.
   *
   * @param digest of its text
   */
  record Usable(
      String id,
      MtaStsPolicy.Valid policy,
      String digest,
      Optional<Instant> certificateExpires,
      List<String> notes)
      implements PolicySight {
    public Usable {
      requireNonNull(id, "id");
      requireNonNull(policy, "policy");
      requireNonNull(digest, "digest");
      requireNonNull(certificateExpires, "certificateExpires");
      notes = List.copyOf(notes);
    }

    @Override
    public Seen seen() {
      return Seen.OK.noting(notes);
    }

    /** The same with notes more. */
    public Usable noting(List<String> more) {
      return new Usable(
          id,
          policy,
          digest,
          certificateExpires,
          Stream.concat(notes.stream(), more.stream()).toList());
    }
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.posture;

import java.util.Locale;

/**
 * What this server's own looks say of a failure that reporters tell of. There is no "fixed": from
 * here nobody can see what a sender elsewhere sees.
 */
public enum Verdict {
  /** The last look shows what the reporters tell. */
  CONFIRMED,
  /** It does not, but a look after the first failing day did. */
  MENDED,
  /** What is published answers it: senders may still use what was published before. */
  PUBLISHED_OTHERWISE,
  /** It needs a look that the parameter {@code checks} leaves out. */
  OFF,
  /** Something that belongs to it could not be looked at, or not yet. */
  UNKNOWN,
  /** All that belongs to it was looked at, and is good. */
  NOT_SEEN;

  /** As it is shown everywhere: lower case, {@code not-seen}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.dns;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * What the server's resolver says to one question. Only the first two kinds say something about the
 * domain. All words are safe to show.
 *
 * @param <T> the type of a record
 */
public sealed interface Answer<T> {
  /**
   * There is what was asked for.
   *
   * @param records within the limits of {@link Questions}; none only if all are beyond them
   * @param more how many there are beyond those limits; they are not looked at
   * @param secure whether DNSSEC vouches for them and for each alias that leads to them
   * @param owner the name that has them: the end of the aliases, or the name asked about; in lower
   *     case, without a dot at the end
   * @param ttl how long they may be kept, as the resolver says
   */
  record Found<T>(List<T> records, int more, boolean secure, String owner, Duration ttl)
      implements Answer<T> {
    public Found {
      records = List.copyOf(records);
      requireNonNull(owner, "owner");
      requireNonNull(ttl, "ttl");
    }
  }

  /**
   * There is not what was asked for.
   *
   * @param secure whether DNSSEC vouches for that
   * @param nameExists whether the name has other records
   */
  record Absent<T>(boolean secure, boolean nameExists) implements Answer<T> {}

  /**
   * The resolver has an answer and does not give it, because DNSSEC says that it is forged or
   * neglected. Senders that validate cannot ask either.
   *
   * @param words why, as far as the resolver says it
   */
  record Bogus<T>(String words) implements Answer<T> {}

  /**
   * The DNS gave no answer, so nobody knows whether there is a record.
   *
   * @param words why
   */
  record Unavailable<T>(String words) implements Answer<T> {}

  /** Whether there is an answer, and DNSSEC vouches for it. */
  default boolean isSecure() {
    return switch (this) {
      case Found<T> found -> found.secure();
      case Absent<T> absent -> absent.secure();
      case Bogus<T> bogus -> false;
      case Unavailable<T> unavailable -> false;
    };
  }

  /** The records, none if there is no answer. */
  default List<T> recordsOrNone() {
    return this instanceof Found<T> found ? found.records() : List.of();
  }

  /** What is made of the records found; an answer without any stays as it is. */
  default <R> Answer<R> flatMap(Function<Found<T>, Answer<R>> found) {
    return switch (this) {
      case Found<T> records -> found.apply(records);
      case Absent<T> absent -> new Absent<>(absent.secure(), absent.nameExists());
      case Bogus<T> bogus -> new Bogus<>(bogus.words());
      case Unavailable<T> unavailable -> new Unavailable<>(unavailable.words());
    };
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dns;

/**
 * What look-ups must know of answers, whose type each asker chooses. Called by many threads at
 * once; must not throw. For example, with addresses that are text:
 *
 * <pre>{@code
 * sealed interface Address {
 *   record Found(String text) implements Address {}
 *   record Absent() implements Address {}
 *   record Unavailable(String why, boolean asked) implements Address {}
 * }
 *
 * final class Addresses implements Answers<Address> {
 *   public Kind kind(Address address) {
 *     return switch (address) {
 *       case Address.Found found -> Kind.FOUND;
 *       case Address.Absent absent -> Kind.NOTHING;
 *       case Address.Unavailable unavailable -> Kind.UNAVAILABLE;
 *     };
 *   }
 *
 *   public Address unavailable(String why, boolean asked) {
 *     return new Address.Unavailable(why, asked);
 *   }
 * }
 * }</pre>
 *
 * @param <A> the type of an answer
 */
public interface Answers<A> {
  /** What an answer is worth to a cache. */
  enum Kind {
    /** The DNS has what was asked for. */
    FOUND,
    /** The DNS says that it has not got what was asked for: no such name, or nothing of use. */
    NOTHING,
    /** No answer that could be relied on; there may be one later. */
    UNAVAILABLE
  }

  /** The kind of an answer. */
  Kind kind(A answer);

  /**
   * An answer of the kind {@link Kind#UNAVAILABLE}.
   *
   * @param asked whether the DNS was asked in vain; if not, our own limits are why there is no
   *     answer
   */
  A unavailable(String why, boolean asked);
}

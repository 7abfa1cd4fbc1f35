// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.intake;

import java.util.function.Function;

/**
 * The result of a step of the intake: a value for the next step, or the end.
 *
 * @param <T> what the next step takes
 * @param <E> how it ends: a {@link IntakeResult} of the whole mail, or the rejection of one report
 */
public sealed interface Checked<T, E> {

  /** The step went well. */
  record Passed<T, E>(T value) implements Checked<T, E> {}

  /** There is no further step. */
  record Failed<T, E>(E why) implements Checked<T, E> {}

  /** Goes on with the value, if there is one. */
  default <R> Checked<R, E> then(Function<? super T, Checked<R, E>> next) {
    return switch (this) {
      case Passed<T, E>(T value) -> next.apply(value);
      case Failed<T, E>(E why) -> new Failed<>(why);
    };
  }
}

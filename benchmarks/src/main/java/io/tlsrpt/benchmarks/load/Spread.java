// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.load;

import java.util.List;
import java.util.Locale;

/** Some measurements of the same. */
record Spread(List<Double> values) {
  Spread {
    values = values.stream().sorted().toList();
  }

  double median() {
    int middle = values.size() / 2;
    return values.size() % 2 == 1
        ? values.get(middle)
        : (values.get(middle - 1) + values.get(middle)) / 2;
  }

  /** The median, and the least and the greatest in brackets. */
  String format(int decimals) {
    String number = "%,." + decimals + "f";
    return String.format(
        Locale.ROOT,
        number + " (" + number + "–" + number + ")",
        median(),
        values.getFirst(),
        values.getLast());
  }
}

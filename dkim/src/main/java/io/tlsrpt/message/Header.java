// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.message;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * The header fields of a mail or of a body part, from the top (RFC 5322 §2.2).
 *
 * @param fields all lines that are fields, as many as were allowed
 * @param end where the body begins: after the empty line, or at the end of the octets
 * @param isWithinLimits whether it is no longer than was allowed, and no field was left out
 * @param flaw why other readers may see other fields, in words and without a sender's text; empty
 *     if all see these
 */
public record Header(List<Field> fields, int end, boolean isWithinLimits, Optional<String> flaw) {
  public Header {
    fields = List.copyOf(fields);
    requireNonNull(flaw, "flaw");
  }

  /**
   * Reads a header; linear in its length.
   *
   * @param bytes lines end in CRLF; not copied
   * @param start where it begins
   * @param end where the octets end
   */
  public static Header read(byte[] bytes, int start, int end, HeaderLimits limits) {
    return new HeaderReader(bytes, start, end, limits).read();
  }

  /**
   * The fields of a name, from the top.
   *
   * @param name in lower case
   */
  public List<Field> fields(String name) {
    return fields.stream().filter(field -> field.name().equals(name)).toList();
  }

  /**
   * The topmost field of a name.
   *
   * @param name in lower case
   */
  public Optional<Field> first(String name) {
    for (Field field : fields) {
      if (field.name().equals(name)) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }

  /**
   * How many fields have a name.
   *
   * @param name in lower case
   */
  public int count(String name) {
    int count = 0;
    for (Field field : fields) {
      if (field.name().equals(name)) {
        count++;
      }
    }
    return count;
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.testing;

import java.util.function.UnaryOperator;

/**
 * How a DKIM-Signature field is written: in any order of tags, folded anywhere.
 *
 * @param field the field without its last line end; {@code {bh}} and {@code {b}} stand for the
 *     values of these tags
 * @param hash writes the value of the tag bh, such as with a fold
 * @param signature writes the value of the tag b
 */
public record SignatureForm(
    String field, UnaryOperator<String> hash, UnaryOperator<String> signature) {

  String withHash(String value) {
    return field.replace("{bh}", hash.apply(value));
  }

  /** RFC 6376 §3.7: without the value of the tag b and all white space around it. */
  static String unsigned(String hashed) {
    return hashed.replaceFirst("\\s*\\{b}\\s*", "");
  }

  String withSignature(String hashed, String value) {
    return hashed.replace("{b}", signature.apply(value));
  }
}

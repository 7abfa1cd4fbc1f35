// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The kind of a failure, an open vocabulary: the registry is expected to grow (RFC 8460 §6.6), so a
 * word it lacks is kept, trimmed and in lower case. Words come from the sender and are never a name
 * of a metric.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8460#section-4.3">RFC 8460, 4.3</a>
 */
public record ResultType(String value) {
  /** The types of the registry "STARTTLS Validation Result Types", in the RFC's order. */
  public static final List<ResultType> REGISTERED =
      List.of(
          new ResultType("starttls-not-supported"),
          new ResultType("certificate-host-mismatch"),
          new ResultType("certificate-expired"),
          new ResultType("certificate-not-trusted"),
          new ResultType("validation-failure"),
          new ResultType("tlsa-invalid"),
          new ResultType("dnssec-invalid"),
          new ResultType("dane-required"),
          new ResultType("sts-policy-fetch-error"),
          new ResultType("sts-policy-invalid"),
          new ResultType("sts-webpki-invalid"));

  /** The type under which the failures of all unregistered types are added up. */
  public static final ResultType OTHER = new ResultType("other");

  private static final Map<String, ResultType> BY_VALUE =
      REGISTERED.stream().collect(Collectors.toUnmodifiableMap(ResultType::value, type -> type));

  public ResultType {
    value = value.strip().toLowerCase(Locale.ROOT);
  }

  /** The registered type with exactly this name; empty if there is none. */
  public static Optional<ResultType> registered(String written) {
    return Optional.ofNullable(BY_VALUE.get(written));
  }

  /** This type if it is registered, else {@link #OTHER}: a sender cannot invent more of them. */
  public ResultType registeredOrOther() {
    ResultType known = BY_VALUE.get(value);
    return known == null ? OTHER : known;
  }

  public boolean isRegistered() {
    return BY_VALUE.containsKey(value);
  }
}

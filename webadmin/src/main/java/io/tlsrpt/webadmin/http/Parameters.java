// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.http;

import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.PlainText;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The parameters of a request's query. A parameter that is empty counts as left out, as a form
 * sends all its fields; one that nobody asks for is ignored.
 *
 * @param values by name; the first, if a name comes twice
 */
public record Parameters(Map<String, String> values) {
  public static final Parameters NONE = new Parameters(Map.of());

  private static final int LONGEST = 253;

  public Parameters {
    values = Map.copyOf(values);
  }

  /** A text, without spaces around it. */
  public Optional<String> text(String name) {
    Optional<String> value =
        Optional.ofNullable(values.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    if (value.filter(text -> text.length() > LONGEST).isPresent()) {
      throw bad(name, value.get(), "at most " + LONGEST + " characters");
    }
    return value;
  }

  /** A whole number between two others, both allowed. */
  public int number(String name, int otherwise, int least, int greatest) {
    return text(name).map(text -> number(name, text, least, greatest)).orElse(otherwise);
  }

  private static int number(String name, String text, int least, int greatest) {
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= greatest) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, like a number out of bounds.
    }
    throw bad(name, text, "a number from " + least + " to " + greatest);
  }

  /** The name of a domain; U-labels are taken, too. */
  public Optional<DomainName> domain(String name) {
    return text(name)
        .map(
            text ->
                DomainName.parse(text).orElseThrow(() -> bad(name, text, "the name of a domain")));
  }

  /** {@code true} or {@code false}. */
  public boolean truth(String name) {
    return text(name)
        .map(
            text ->
                switch (text) {
                  case "true" -> true;
                  case "false" -> false;
                  default -> throw bad(name, text, "true, false");
                })
        .orElse(false);
  }

  /** One of the constants of an enum, written in lower case. */
  public <T extends Enum<T>> Optional<T> choice(String name, Class<T> type) {
    return text(name).map(text -> constant(name, text, type));
  }

  /** Any of the constants of an enum, separated by commas; none if it is left out. */
  public <T extends Enum<T>> Set<T> choices(String name, Class<T> type) {
    EnumSet<T> chosen = EnumSet.noneOf(type);
    text(name)
        .ifPresent(
            text ->
                Arrays.stream(text.split(",", -1))
                    .map(one -> constant(name, one.strip(), type))
                    .forEach(chosen::add));
    return chosen;
  }

  private static <T extends Enum<T>> T constant(String name, String text, Class<T> type) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                bad(
                    name,
                    text,
                    Arrays.stream(type.getEnumConstants())
                        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "))));
  }

  public static BadRequestException bad(String name, String value, String allowed) {
    return new BadRequestException(name + " is '" + PlainText.of(value) + "'; allowed: " + allowed);
  }
}

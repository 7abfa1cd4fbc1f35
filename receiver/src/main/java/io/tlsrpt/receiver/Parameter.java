// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One setting as an administrator writes it: its name, and how its value is read.
 *
 * @param otherwise the value if the parameter is left out
 * @param reader empty for a value that is not allowed
 * @param allowed the allowed values, as an administrator reads them
 */
public record Parameter<T>(
    String name, T otherwise, Function<String, Optional<T>> reader, String allowed) {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,10}) ?(B|KiB|MiB|GiB)");
  private static final Pattern DURATION = Pattern.compile("(\\d{1,5}) ?(hours?|days?)");
  private static final Pattern WHOLE_NUMBER = Pattern.compile("[1-9]\\d{0,8}");
  private static final long MAX_SIZE = 1L << 30;
  private static final long MIN_SIZE = 1L << 10;

  /** A value that a reader of its own understands. */
  public static <T> Parameter<T> of(
      String name, T otherwise, Function<String, Optional<T>> reader, String allowed) {
    return new Parameter<>(name, otherwise, reader, allowed);
  }

  /** A value that may be left out. */
  public static <T> Parameter<Optional<T>> optional(
      String name, Function<String, Optional<T>> reader, String allowed) {
    return new Parameter<>(
        name, Optional.empty(), written -> present(reader.apply(written)), allowed);
  }

  private static <T> Optional<Optional<T>> present(Optional<T> value) {
    return value.isPresent() ? Optional.of(value) : Optional.empty();
  }

  /** Values with commas between them; empty if the parameter is left out. */
  public static <T> Parameter<Set<T>> list(
      String name, Function<String, Optional<T>> reader, String allowed) {
    return new Parameter<>(name, Set.of(), written -> list(written, reader), allowed);
  }

  private static <T> Optional<Set<T>> list(String written, Function<String, Optional<T>> reader) {
    List<Optional<T>> values =
        Arrays.stream(written.split(",", -1)).map(String::strip).map(reader).toList();
    return values.stream().allMatch(Optional::isPresent)
        ? Optional.of(
            values.stream().flatMap(Optional::stream).collect(Collectors.toUnmodifiableSet()))
        : Optional.empty();
  }

  /** A number from 1 to {@code most}. */
  public static Parameter<Integer> wholeNumber(String name, int otherwise, int most) {
    return new Parameter<>(
        name,
        otherwise,
        written ->
            Optional.of(written)
                .filter(number -> WHOLE_NUMBER.matcher(number).matches())
                .map(Integer::valueOf)
                .filter(number -> number <= most),
        "a whole number from 1 to " + most);
  }

  /** A number of bytes. */
  public static Parameter<Long> size(String name, long otherwise) {
    return new Parameter<>(
        name,
        otherwise,
        written ->
            Optional.of(SIZE.matcher(written))
                .filter(Matcher::matches)
                .map(size -> Long.parseLong(size.group(1)) * unit(size.group(2)))
                .filter(bytes -> bytes >= MIN_SIZE && bytes <= MAX_SIZE),
        "a size from 1 KiB to 1 GiB such as 15 MiB (units: B, KiB, MiB, GiB)");
  }

  private static long unit(String name) {
    return switch (name) {
      case "KiB" -> 1L << 10;
      case "MiB" -> 1L << 20;
      case "GiB" -> 1L << 30;
      default -> 1;
    };
  }

  /** A time in hours or days, within bounds. */
  public static Parameter<Duration> duration(
      String name, Duration otherwise, Duration least, Duration most, String allowed) {
    return new Parameter<>(
        name,
        otherwise,
        written ->
            Optional.of(DURATION.matcher(written))
                .filter(Matcher::matches)
                .map(Parameter::duration)
                .filter(time -> time.compareTo(least) >= 0 && time.compareTo(most) <= 0),
        allowed);
  }

  private static Duration duration(Matcher written) {
    ChronoUnit unit = written.group(2).startsWith("h") ? ChronoUnit.HOURS : ChronoUnit.DAYS;
    return Duration.of(Long.parseLong(written.group(1)), unit);
  }
}

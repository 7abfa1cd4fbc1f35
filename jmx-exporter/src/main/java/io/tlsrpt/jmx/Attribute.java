// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import javax.management.ImmutableDescriptor;
import javax.management.openmbean.ArrayType;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenMBeanAttributeInfoSupport;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import org.jspecify.annotations.Nullable;

/**
 * One attribute of a bean: what a client is told of it, and how its value is read from the figures.
 *
 * @param unit empty where there is none
 * @param <T> the figures that the bean shows
 */
record Attribute<T>(
    String name,
    OpenType<?> type,
    String unit,
    String description,
    Function<T, @Nullable Object> reader) {
  /** The type of several texts. */
  static final OpenType<?> TEXTS = arrayOf(SimpleType.STRING);

  static <T> Attribute<T> number(
      String name, String unit, String description, ToLongFunction<T> reader) {
    return new Attribute<>(name, SimpleType.LONG, unit, description, reader::applyAsLong);
  }

  static <T> Attribute<T> ratio(String name, String description, ToDoubleFunction<T> reader) {
    return new Attribute<>(name, SimpleType.DOUBLE, "ratio", description, reader::applyAsDouble);
  }

  static <T> Attribute<T> truth(String name, String description, Predicate<T> reader) {
    return new Attribute<>(name, SimpleType.BOOLEAN, "", description, reader::test);
  }

  /** Yes, no, or null where nothing can be said. */
  static <T> Attribute<T> perhaps(
      String name, String description, Function<T, Optional<Boolean>> reader) {
    return new Attribute<>(
        name, SimpleType.BOOLEAN, "", description, figures -> reader.apply(figures).orElse(null));
  }

  static <T> Attribute<T> text(String name, String description, Function<T, String> reader) {
    return new Attribute<>(name, SimpleType.STRING, "", description, reader::apply);
  }

  static <T> Attribute<T> texts(String name, String description, Function<T, List<String>> reader) {
    return new Attribute<>(
        name, TEXTS, "", description, figures -> reader.apply(figures).toArray(String[]::new));
  }

  private static OpenType<?> arrayOf(SimpleType<String> type) {
    try {
      return new ArrayType<String[]>(1, type);
    } catch (OpenDataException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A moment; null until there is one. */
  static <T> Attribute<T> time(
      String name, String description, Function<T, Optional<Instant>> reader) {
    return new Attribute<>(
        name,
        SimpleType.DATE,
        "",
        description,
        figures -> reader.apply(figures).map(Date::from).orElse(null));
  }

  /** A UTC day, shown as its beginning; null until there is one. */
  static <T> Attribute<T> day(
      String name, String description, Function<T, Optional<LocalDate>> reader) {
    return time(
        name,
        description,
        figures -> reader.apply(figures).map(day -> day.atStartOfDay(ZoneOffset.UTC).toInstant()));
  }

  static <T> Attribute<T> composite(
      String name,
      CountsByKey<?> items,
      String unit,
      String description,
      Function<T, CompositeData> reader) {
    return new Attribute<>(name, items.type(), unit, description, reader::apply);
  }

  OpenMBeanAttributeInfoSupport info() {
    ImmutableDescriptor descriptor =
        unit.isEmpty()
            ? ImmutableDescriptor.EMPTY_DESCRIPTOR
            : new ImmutableDescriptor("units=" + unit);
    return new OpenMBeanAttributeInfoSupport(
        name, description, type, true, false, false, descriptor);
  }
}

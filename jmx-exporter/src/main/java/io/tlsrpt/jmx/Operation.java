// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import io.tlsrpt.report.PlainText;
import java.util.List;
import java.util.function.BiFunction;
import javax.management.MBeanOperationInfo;
import javax.management.openmbean.OpenMBeanOperationInfoSupport;
import javax.management.openmbean.OpenMBeanParameterInfo;
import javax.management.openmbean.OpenMBeanParameterInfoSupport;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a bean: a question with arguments, which changes nothing.
 *
 * @param answer throws {@link IllegalArgumentException} for an argument that is not allowed
 * @param <T> the figures that the bean shows
 */
record Operation<T>(
    String name,
    List<Parameter> parameters,
    OpenType<?> type,
    String description,
    BiFunction<T, Arguments, Object> answer) {

  /** One parameter, and what may be given for it. */
  record Parameter(String name, SimpleType<?> type, String description) {
    OpenMBeanParameterInfo info() {
      return new OpenMBeanParameterInfoSupport(name, description, type);
    }
  }

  /** The values given for the parameters; each has the type of its parameter. */
  record Arguments(List<Object> values) {
    String text(int position) {
      return (String) values.get(position);
    }

    int number(int position) {
      return (Integer) values.get(position);
    }
  }

  Operation {
    parameters = List.copyOf(parameters);
  }

  /**
   * Answers the question.
   *
   * @throws IllegalArgumentException if the arguments are not those of the parameters
   */
  Object answer(T figures, Object[] arguments) {
    if (arguments.length != parameters.size()) {
      throw new IllegalArgumentException(
          name + " takes " + parameters.size() + " arguments, not " + arguments.length);
    }
    for (int i = 0; i < arguments.length; i++) {
      Parameter parameter = parameters.get(i);
      if (!parameter.type().isValue(arguments[i])) {
        throw new IllegalArgumentException(
            parameter.name()
                + " is "
                + describe(arguments[i])
                + "; allowed: "
                + parameter.description());
      }
    }
    return answer.apply(figures, new Arguments(List.of(arguments)));
  }

  /**
   * Describes an argument in a message. A remote client can send any object, and the text of some
   * objects has no end.
   */
  private static String describe(@Nullable Object argument) {
    return switch (argument) {
      case null -> "null";
      case String text -> "'" + PlainText.of(text) + "'";
      default -> "a " + argument.getClass().getName();
    };
  }

  OpenMBeanOperationInfoSupport info() {
    return new OpenMBeanOperationInfoSupport(
        name,
        description,
        parameters.stream().map(Parameter::info).toArray(OpenMBeanParameterInfo[]::new),
        type,
        MBeanOperationInfo.INFO);
  }
}

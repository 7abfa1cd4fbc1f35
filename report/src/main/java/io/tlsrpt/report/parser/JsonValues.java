// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tlsrpt.report.Deviation;
import io.tlsrpt.report.Deviations;
import io.tlsrpt.report.ParseResult;
import io.tlsrpt.report.Position;
import io.tlsrpt.report.ReadingBudget;
import io.tlsrpt.report.ReportLimits;
import io.tlsrpt.report.Texts;
import io.tlsrpt.report.UnreadableReportException;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads single values where the token stream stands, and takes what is written otherwise than RFC
 * 8460 says: each leniency is a {@link Deviation}.
 */
final class JsonValues {
  /**
   * A number with more digits than this before the point exceeds {@link ReportLimits#MAX_COUNT}.
   */
  private static final int TOO_MANY_DIGITS = 12;

  private final JsonParser json;
  private final ReadingBudget budget;
  private final Deviations.Counter deviations;

  JsonValues(JsonParser json, ReadingBudget budget, Deviations.Counter deviations) {
    this.json = json;
    this.budget = budget;
    this.deviations = deviations;
  }

  /** Whether an object begins here; passes over anything else. */
  boolean isObject() throws IOException {
    if (json.currentToken() == JsonToken.START_OBJECT) {
      return true;
    }
    json.skipChildren();
    return false;
  }

  Optional<String> text() throws IOException {
    return switch (json.currentToken()) {
      case VALUE_STRING -> stated(sound(json.getText()));
      case VALUE_NULL -> without(Deviation.NULL_VALUE);
      case START_OBJECT, START_ARRAY -> {
        json.skipChildren();
        yield without(Deviation.NOT_A_TEXT);
      }
      default -> {
        deviations.add(Deviation.NOT_A_TEXT);
        yield Optional.of(json.getText());
      }
    };
  }

  /** The text with U+FFFD for characters that cannot be stored. */
  String sound(String text) {
    if (Texts.isStorable(text)) {
      return text;
    }
    deviations.add(Deviation.TEXT_NOT_UTF_8);
    return Texts.sound(text);
  }

  private Optional<String> stated(String text) {
    boolean plain = !text.isEmpty() && text.charAt(0) > ' ';
    return plain || !text.isBlank() ? Optional.of(text) : without(Deviation.EMPTY_TEXT);
  }

  private Optional<String> without(Deviation deviation) {
    deviations.add(deviation);
    return Optional.empty();
  }

  /** A list of texts, or one text in its place. */
  List<String> texts(Deviation oneText) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      Optional<String> only = text();
      only.ifPresent(text -> deviations.add(oneText));
      return only.map(List::of).orElseGet(List::of);
    }
    List<String> texts = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      countTexts(1);
      Optional<String> text = text();
      if (text.isPresent()) {
        texts.add(text.get());
      }
    }
    return texts;
  }

  /** Counts elements of lists, which otherwise nothing would bound. */
  void countTexts(int more) throws UnreadableReportException {
    budget.takeTexts(more, json);
  }

  /** A count; empty if there is none to be read. */
  OptionalLong count() throws IOException {
    return switch (json.currentToken()) {
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> decimal(json.getText());
      case VALUE_STRING -> decimal(json.getText().strip());
      default -> {
        json.skipChildren();
        yield unreadable();
      }
    };
  }

  private OptionalLong integer() throws IOException {
    if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      return json.getText().startsWith("-") ? negative() : tooLarge();
    }
    return believed(json.getLongValue());
  }

  /** Exponents are weighed before anything is expanded: {@code 1e999999999} costs nothing. */
  private OptionalLong decimal(String written) throws IOException {
    BigDecimal number;
    try {
      number = new BigDecimal(written);
    } catch (NumberFormatException e) {
      return unreadable();
    }
    long digits = (long) number.precision() - number.scale();
    if (number.signum() > 0 && digits > TOO_MANY_DIGITS) {
      return tooLarge();
    }
    if (number.signum() < 0) {
      return negative();
    }
    if (number.signum() != 0 && digits <= 0) {
      return unreadable();
    }
    try {
      long value = number.signum() == 0 ? 0 : number.longValueExact();
      deviations.add(Deviation.COUNT_NOT_A_NUMBER);
      return believed(value);
    } catch (ArithmeticException e) {
      return unreadable();
    }
  }

  private OptionalLong believed(long value) throws IOException {
    if (value > ReportLimits.MAX_COUNT) {
      return tooLarge();
    }
    return value < 0 ? negative() : OptionalLong.of(value);
  }

  private OptionalLong negative() {
    deviations.add(Deviation.COUNT_NEGATIVE);
    return OptionalLong.of(0);
  }

  private OptionalLong unreadable() {
    deviations.add(Deviation.COUNT_UNREADABLE);
    return OptionalLong.empty();
  }

  private OptionalLong tooLarge() throws IOException {
    throw new UnreadableReportException(
        ParseResult.Reason.INVALID_COUNT,
        "a count is more than " + ReportLimits.MAX_COUNT + Position.of(json));
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.fold;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tlsrpt.report.DetailSelection;
import io.tlsrpt.report.FailureDetails;
import io.tlsrpt.report.ResultType;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Failure details as the text of one column: a JSON array of arrays. Databases can query it, and it
 * takes half the space and time of a table of details. Texts of a sender are cut to a bounded
 * length.
 */
public final class DetailsText {
  private static final JsonFactory JSON = new JsonFactory();

  private DetailsText() {}

  /**
   * Writes details that {@link DetailSelection} has chosen, and takes no more octets than it
   * counted; empty if there are none.
   */
  static Optional<String> write(List<FailureDetails> details) {
    if (details.isEmpty()) {
      return Optional.empty();
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartArray();
      for (FailureDetails one : details) {
        write(json, one);
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Optional.of(text.toString());
  }

  private static void write(JsonGenerator json, FailureDetails details) throws IOException {
    json.writeStartArray();
    json.writeString(FailureDetails.cut(details.resultType().value()));
    json.writeNumber(details.failedSessionCount());
    int missing = 0;
    for (Optional<String> text :
        List.of(
            details.sendingMtaIp(),
            details.receivingMxHostname(),
            details.receivingIp(),
            details.receivingMxHelo(),
            details.additionalInformation(),
            details.failureReasonCode())) {
      if (text.isEmpty()) {
        missing++;
      } else {
        for (; missing > 0; missing--) {
          json.writeNull();
        }
        json.writeString(FailureDetails.cut(text.get()));
      }
    }
    json.writeEndArray();
  }

  /** Reads what was written; throws {@link IllegalArgumentException} for anything else. */
  public static List<FailureDetails> read(Optional<String> text) {
    List<FailureDetails> details = new ArrayList<>();
    if (text.isPresent()) {
      try (JsonParser json = JSON.createParser(text.get())) {
        expect(json, JsonToken.START_ARRAY);
        JsonToken token = json.nextToken();
        while (token == JsonToken.START_ARRAY) {
          details.add(read(json));
          token = json.nextToken();
        }
        if (token != JsonToken.END_ARRAY || json.nextToken() != null) {
          throw new IllegalArgumentException("no failure details: there is more than details");
        }
      } catch (IOException e) {
        throw new IllegalArgumentException("no failure details: " + e.getMessage(), e);
      }
    }
    return details;
  }

  private static FailureDetails read(JsonParser json) throws IOException {
    expect(json, JsonToken.VALUE_STRING);
    ResultType resultType = new ResultType(json.getText());
    expect(json, JsonToken.VALUE_NUMBER_INT);
    long sessions = json.getLongValue();
    List<Optional<String>> texts = new ArrayList<>();
    for (JsonToken token = json.nextToken();
        token != null && token != JsonToken.END_ARRAY;
        token = json.nextToken()) {
      texts.add(
          switch (token) {
            case VALUE_NULL -> Optional.empty();
            case VALUE_STRING -> Optional.of(json.getText());
            default -> throw new IllegalArgumentException("no failure details: " + token);
          });
    }
    return new FailureDetails(
        resultType,
        text(texts, 0),
        text(texts, 1),
        text(texts, 3),
        text(texts, 2),
        sessions,
        text(texts, 4),
        text(texts, 5));
  }

  private static Optional<String> text(List<Optional<String>> texts, int position) {
    return position < texts.size() ? texts.get(position) : Optional.empty();
  }

  private static void expect(JsonParser json, JsonToken token) throws IOException {
    if (json.nextToken() != token) {
      throw new IllegalArgumentException("no failure details: " + token + " is missing");
    }
  }
}

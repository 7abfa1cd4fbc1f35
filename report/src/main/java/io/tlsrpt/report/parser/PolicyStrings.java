// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tlsrpt.report.Deviation;
import io.tlsrpt.report.Deviations;
import io.tlsrpt.report.UnreadableReportException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes a list of texts out of a policy-string that holds it as JSON in one text, as Microsoft
 * writes TLSA records: {@code ["[\"3 1 1 …\",\"3 1 1 …\"]"]}. One level, texts only; anything else
 * stays as it stands.
 */
final class PolicyStrings {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String START = "[\"";

  private final JsonValues values;
  private final Deviations.Counter deviations;

  PolicyStrings(JsonValues values, Deviations.Counter deviations) {
    this.values = values;
    this.deviations = deviations;
  }

  /** The policy-string that begins with the current token: mostly a list of lines. */
  List<String> read(JsonParser json) throws IOException {
    return json.currentToken() == JsonToken.START_OBJECT
        ? members(json)
        : values.texts(Deviation.POLICY_STRING_NOT_AN_ARRAY);
  }

  /**
   * Makes lines of a policy-string that is a JSON object: one line for each value, so that a list
   * of MX hosts becomes several lines.
   */
  private List<String> members(JsonParser json) throws IOException {
    deviations.add(Deviation.POLICY_STRING_FORM);
    List<String> lines = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = values.sound(json.currentName());
      json.nextToken();
      List<String> of =
          json.currentToken() == JsonToken.START_ARRAY
              ? values.texts(Deviation.POLICY_STRING_FORM)
              : values.text().stream().toList();
      values.countTexts(of.size());
      for (String value : of) {
        lines.add(key + ": " + value);
      }
    }
    return lines;
  }

  List<String> unwrapped(List<String> policyString) throws UnreadableReportException {
    return hasList(policyString) ? listsUnwrapped(policyString) : policyString;
  }

  private static boolean hasList(List<String> policyString) {
    for (String text : policyString) {
      if (text.startsWith(START)) {
        return true;
      }
    }
    return false;
  }

  private List<String> listsUnwrapped(List<String> policyString) throws UnreadableReportException {
    List<String> lines = new ArrayList<>();
    for (String text : policyString) {
      Optional<List<String>> list = text.startsWith(START) ? list(text) : Optional.empty();
      if (list.isPresent()) {
        values.countTexts(list.get().size());
        deviations.add(Deviation.POLICY_STRING_IN_JSON);
      }
      lines.addAll(list.orElse(List.of(text)));
    }
    return lines;
  }

  private Optional<List<String>> list(String text) {
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      List<String> texts = new ArrayList<>();
      while (json.nextToken() == JsonToken.VALUE_STRING) {
        texts.add(values.sound(json.getText()));
      }
      boolean whole = json.currentToken() == JsonToken.END_ARRAY && json.nextToken() == null;
      return whole ? Optional.of(texts) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}

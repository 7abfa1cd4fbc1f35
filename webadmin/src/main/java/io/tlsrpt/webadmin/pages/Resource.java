// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.pages;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tlsrpt.webadmin.http.Answer;
import io.tlsrpt.webadmin.http.Links;
import io.tlsrpt.webadmin.markup.Html;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** What is at an address now, in each of its representations. */
public interface Resource {

  /** The page's title and first heading; may have been written by a sender. */
  String title();

  /** The page's main part, without the heading. */
  Html html(Links links);

  /** Writes the members of one JSON object. */
  void json(JsonGenerator json) throws IOException;

  /** The table, if there is one. */
  default Optional<Csv> csv() {
    return Optional.empty();
  }

  default int status() {
    return Answer.OK;
  }

  /** Headers beside those that all answers have. */
  default Map<String, String> headers(Links links) {
    return Map.of();
  }
}

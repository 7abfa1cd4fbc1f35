// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;

/**
 * Describes the position of the token stream for a message. Only for places whose members' names
 * are all known, so that the path quotes nothing of the sender.
 */
public final class Position {
  private Position() {}

  public static String of(JsonParser json) {
    JsonLocation at = json.currentTokenLocation();
    return " at "
        + json.getParsingContext().pathAsPointer()
        + " (line "
        + at.getLineNr()
        + ", column "
        + at.getColumnNr()
        + ")";
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;

/** Where the token stream stands, in words. Only for places whose members' names are all known. */
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

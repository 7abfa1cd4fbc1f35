// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tlsrpt.report.Deviation;
import io.tlsrpt.report.Deviations;
import java.io.IOException;

/** Goes through the members of one object; at each, the token stream stands at its value. */
final class Members {
  private final JsonParser json;
  private final Deviations.Counter deviations;
  private Member current = Member.UNKNOWN;
  private long seen;

  Members(JsonParser json, Deviations.Counter deviations) {
    this.json = json;
    this.deviations = deviations;
  }

  boolean next() throws IOException {
    if (json.nextToken() == JsonToken.END_OBJECT) {
      return false;
    }
    current = member(json.currentName());
    if (current != Member.UNKNOWN) {
      noteSeen(current.bit());
    }
    json.nextToken();
    return true;
  }

  private void noteSeen(long bit) {
    if ((seen & bit) != 0) {
      deviations.add(Deviation.DUPLICATE_MEMBER);
    }
    seen |= bit;
  }

  private Member member(String name) {
    Member named = Member.named(name);
    if (named != Member.UNKNOWN) {
      return named;
    }
    Member meant = Member.byOtherSpelling(name);
    if (meant != Member.UNKNOWN) {
      deviations.add(Deviation.MEMBER_SPELLING);
    }
    return meant;
  }

  Member current() {
    return current;
  }
}

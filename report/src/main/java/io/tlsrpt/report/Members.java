// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/** Goes through the members of one object; at each, the token stream stands at its value. */
final class Members {
  private final JsonParser json;
  private final Deviations.Counter deviations;
  private final Set<Member> seen = EnumSet.noneOf(Member.class);
  private Member current = Member.UNKNOWN;

  Members(JsonParser json, Deviations.Counter deviations) {
    this.json = json;
    this.deviations = deviations;
  }

  boolean next() throws IOException {
    if (json.nextToken() == JsonToken.END_OBJECT) {
      return false;
    }
    String name = json.currentName();
    current = Member.of(name);
    if (current != Member.UNKNOWN) {
      note(name);
    }
    json.nextToken();
    return true;
  }

  Member current() {
    return current;
  }

  private void note(String name) {
    if (!current.isSpelled(name)) {
      deviations.add(Deviation.MEMBER_SPELLING);
    }
    if (!seen.add(current)) {
      deviations.add(Deviation.DUPLICATE_MEMBER);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim.peers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * How a mail is to be signed.
 *
 * @param names what the tag h is to name, in order
 */
record Plan(boolean ed25519, boolean longKey, String header, String body, List<String> names) {

  static Plan of(Odd odd, Mail mail) {
    List<String> present =
        mail.fields().stream().map(Mail::name).collect(Collectors.toCollection(ArrayList::new));
    List<String> names = new ArrayList<>(List.of("from"));
    for (String name : present) {
      // RFC 6376 §5.4: a repeated field is named once for each that is signed.
      if (odd.chance(name.equals("from") ? 0.1 : 0.7)) {
        names.add(name);
      }
    }
    // RFC 6376 §5.4.2: names of fields that are not there, or not that often.
    for (int more = odd.below(3); more > 0; more--) {
      names.add(
          odd.one(odd.chance(0.5) ? present : List.of("cc", "x-none", "reply-to", "subject")));
    }
    Collections.shuffle(names, new Random(odd.random().nextLong()));
    return new Plan(
        odd.chance(0.25),
        odd.chance(0.1),
        odd.chance(0.5) ? "relaxed" : "simple",
        odd.chance(0.5) ? "relaxed" : "simple",
        names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList());
  }

  String algorithm() {
    return ed25519 ? "ed25519-sha256" : "rsa-sha256";
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim.peers;

import io.tlsrpt.testing.DkimKey;
import io.tlsrpt.testing.DkimSigner;
import io.tlsrpt.testing.SignatureForm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Signs with the test's own signer, and writes the field as oddly as RFC 6376 §3.2 allows. */
record OddSigner(Odd odd, Oddities oddities) {
  Mail sign(Mail mail, Plan plan, DkimKey key) {
    DkimSigner signer =
        DkimSigner.of(Keys.DOMAIN, Keys.SELECTOR, key)
            .withCanonicalization(plan.header() + "/" + plan.body())
            .withAlgorithm(plan.algorithm())
            .withSigned(plan.names().toArray(String[]::new));
    return Mail.of(
        signer.sign(mail.octets(), new SignatureForm(field(plan), odd::split, odd::split)));
  }

  private String field(Plan plan) {
    List<String> tags = new ArrayList<>(required(plan));
    for (String tag :
        List.of(
            "q=dns/txt",
            "i=@" + Keys.DOMAIN,
            "i=a@sub." + Keys.DOMAIN,
            "t=1700000000",
            "x=9000000000",
            "unknown=a b=c",
            "ab=1",
            "z=",
            "From=x")) {
      if (odd.chance(0.06) && tags.stream().noneMatch(other -> name(other).equals(name(tag)))) {
        tags.add(tag);
      }
    }
    Collections.shuffle(tags, new Random(odd.random().nextLong()));
    return odd.cased("DKIM-Signature")
        + (oddities.blanksBeforeColons() && odd.chance(0.2) ? odd.blanks() : "")
        + ":"
        + (odd.chance(0.8) ? " " : odd.space(0.5))
        + tags.stream().map(this::spaced).collect(Collectors.joining(";"))
        + (odd.chance(0.3) ? ";" + (odd.chance(0.1) ? odd.blanks() : "") : "");
  }

  private List<String> required(Plan plan) {
    List<String> tags =
        new ArrayList<>(
            List.of(
                "v=1",
                "a=" + plan.algorithm(),
                "d=" + Keys.DOMAIN,
                "s=" + Keys.SELECTOR,
                "h="
                    + plan.names().stream()
                        .map(odd::cased)
                        .collect(Collectors.joining("\0"))
                        .chars()
                        .mapToObj(
                            c -> c == 0 ? odd.space(0.2) + ":" + odd.space(0.2) : "" + (char) c)
                        .collect(Collectors.joining()),
                "bh={bh}",
                "b={b}"));
    // RFC 6376 §3.5: simple is the default.
    if (plan.body().equals("relaxed") || odd.chance(0.7)) {
      tags.add("c=" + plan.header() + "/" + plan.body());
    } else if (plan.header().equals("relaxed") || odd.chance(0.5)) {
      tags.add("c=" + plan.header());
    }
    return tags;
  }

  private static String name(String tag) {
    return tag.substring(0, tag.indexOf('='));
  }

  private String spaced(String tag) {
    int equals = tag.indexOf('=');
    return odd.space(0.6)
        + tag.substring(0, equals)
        + odd.space(0.02)
        + "="
        + odd.space(0.05)
        + tag.substring(equals + 1)
        + odd.space(0.05);
  }
}

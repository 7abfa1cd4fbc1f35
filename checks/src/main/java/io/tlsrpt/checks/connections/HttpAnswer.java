// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.connections;

import io.tlsrpt.checks.words.Words;
import java.io.IOException;
import java.util.Optional;

/** What a policy host answers to a GET, as far as senders take it for a policy. */
sealed interface HttpAnswer {
  /** A status of 200 and all of the body. */
  record Policy(PolicyBody body, Optional<String> contentType) implements HttpAnswer {}

  /** Anything else; why, in words. */
  record NoPolicy(String words) implements HttpAnswer {}

  /** Reads it; never throws for what the host sends, or if the connection breaks. */
  static HttpAnswer read(HostInput in) {
    try {
      HttpHead head = HttpHead.read(in);
      Optional<String> coding =
          head.first("content-encoding").filter(name -> !name.equalsIgnoreCase("identity"));
      if (head.status() != 200) {
        return new NoPolicy(refusal(head));
      }
      if (coding.isPresent()) {
        return new NoPolicy(
            "its response is compressed, which was not asked for: " + Words.quoted(coding.get()));
      }
      return new Policy(new PolicyBody(HttpBody.read(in, head)), head.first("content-type"));
    } catch (NotReadableException e) {
      return new NoPolicy(Words.reason(e));
    } catch (IOException e) {
      return new NoPolicy("the connection broke: " + Words.reason(e));
    }
  }

  private static String refusal(HttpHead head) {
    Optional<String> elsewhere = head.first("location");
    return head.status() / 100 == 3 && elsewhere.isPresent()
        ? "status "
            + head.status()
            + " to "
            + Words.quoted(elsewhere.get())
            + ": redirects are not followed"
        : "status " + Words.quoted(head.status() + " " + head.reason());
  }
}

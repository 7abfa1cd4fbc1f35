// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.notifications;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.report.DomainName;
import java.util.List;
import java.util.Optional;

/**
 * Who is told, and how often.
 *
 * @param addresses who gets the mails; nothing is sent if there are none
 * @param pageUrl where a browser finds the pages, without a slash at its end
 */
public record NotificationSettings(
    List<String> addresses, DigestRhythm digest, Optional<String> pageUrl) {
  public NotificationSettings {
    addresses = List.copyOf(addresses);
    requireNonNull(digest, "digest");
    requireNonNull(pageUrl, "pageUrl");
  }

  public boolean areOn() {
    return !addresses.isEmpty();
  }

  Optional<String> pageOf(DomainName domain) {
    return pageUrl.map(url -> url + "/domains/" + domain);
  }
}

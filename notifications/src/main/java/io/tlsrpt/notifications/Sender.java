// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.notifications;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * In whose name mails are sent. Servers that share a database should have the address alike: its
 * domain stands in each Message-ID.
 *
 * @param address of the From field
 * @param host the name of this server, for an administrator of several
 */
public record Sender(String address, String host) {
  private static final Pattern NOT_IN_A_NAME = Pattern.compile("[^A-Za-z0-9._-]");

  public Sender {
    requireNonNull(address, "address");
    host = NOT_IN_A_NAME.matcher(host).replaceAll("_");
  }

  String domain() {
    return address.substring(address.lastIndexOf('@') + 1);
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.connections;

import io.tlsrpt.checks.words.Words;
import io.tlsrpt.report.DomainName;
import java.io.IOException;
import java.net.InetAddress;

/**
 * Looks at an MX host as a sender of mail would, up to the point where it would begin with a mail.
 * Sent are {@code EHLO}, {@code STARTTLS}, {@code EHLO} and {@code QUIT}, each after the reply to
 * what went before. Thread-safe; a look takes at most the time of both limits.
 */
public final class SmtpLook {
  private final String ownName;
  private final Deadlines deadlines;
  private final DialogueLimits limits;
  private final Handshake handshake = new Handshake();

  /**
   * Looks that introduce themselves by a name.
   *
   * @param ownName this host's, for EHLO
   * @param deadlines stay the caller's to close, after which no look lasts
   */
  public SmtpLook(String ownName, Deadlines deadlines, DialogueLimits limits) {
    if (!ownName.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException("no name for EHLO: " + ownName);
    }
    this.ownName = ownName;
    this.deadlines = deadlines;
    this.limits = limits;
  }

  /**
   * Connects to one address of an MX host, and ends before any mail would begin.
   *
   * @param address already found to be one that may be connected to
   * @param host the MX host's name, told to it before it chooses a certificate
   */
  public SmtpResult look(InetAddress address, int port, DomainName host) {
    try (Connection connection = Connection.open(address, port, deadlines, limits)) {
      return new SmtpDialogue(connection, ownName, host, handshake).run();
    } catch (IOException e) {
      return new SmtpResult.Unreached(
          "no connection to port " + port + ": " + Words.reason(e), false);
    }
  }
}

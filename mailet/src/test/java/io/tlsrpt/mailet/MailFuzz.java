// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import io.tlsrpt.dkim.Authenticator;
import io.tlsrpt.dkim.GatewayAuthenticator;
import io.tlsrpt.mailet.ReportParts.Leaf;
import io.tlsrpt.mailet.ReportParts.Search.Found;
import io.tlsrpt.report.ReportLimits;
import io.tlsrpt.report.ReportParser;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;

/**
 * A target for coverage-guided fuzzing: any bytes as a mail, through MIME, decompression and JSON.
 * Whatever it throws is a finding. See CONTRIBUTING.md for how to run it.
 */
public final class MailFuzz {
  private static final ReportLimits LIMITS = ReportLimits.DEFAULT.withSizes(1 << 20, 1 << 20);
  private static final ReportParts PARTS = new ReportParts(LIMITS);
  private static final BodyReader BODIES = new BodyReader(new ReportParser(LIMITS));
  private static final Arrival ARRIVAL = new Arrival("fuzz", Instant.EPOCH);

  private static final Authenticator GATEWAY = new GatewayAuthenticator("gateway.example.com");

  private MailFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] data) {
    try {
      Envelope mail = Envelope.fromServer(ARRIVAL, data, data.length);
      GATEWAY.judge(mail.raw(), Instant.EPOCH, mail.caller());
      MimeMessage message = mail.message();
      ReportHeader.of(message);
      if (PARTS.in(message) instanceof Found(var labelled, var others)) {
        for (Leaf leaf : labelled) {
          BODIES.read(leaf);
        }
        for (Leaf leaf : others) {
          BODIES.mayBeReport(leaf);
          BODIES.readUnlabelled(leaf);
        }
      }
    } catch (MessagingException e) {
      // The intake answers this one: not a report.
    }
  }
}

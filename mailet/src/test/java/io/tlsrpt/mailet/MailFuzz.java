// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import io.tlsrpt.dkim.Authenticator;
import io.tlsrpt.dkim.GatewayAuthenticator;
import io.tlsrpt.dns.WaitingThread;
import io.tlsrpt.message.RawMail;
import io.tlsrpt.receiver.mime.BodyPart;
import io.tlsrpt.receiver.mime.BodyReader;
import io.tlsrpt.receiver.mime.ReportHeader;
import io.tlsrpt.receiver.mime.ReportParts;
import io.tlsrpt.receiver.mime.ReportParts.Search.Found;
import io.tlsrpt.report.ReportLimits;
import io.tlsrpt.report.parser.ReportParser;
import java.time.Instant;

/**
 * A target for coverage-guided fuzzing: any bytes as a mail, through MIME, decompression and JSON.
 * Whatever it throws is a finding. See CONTRIBUTING.md for how to run it.
 */
public final class MailFuzz {
  private static final ReportLimits LIMITS = ReportLimits.DEFAULT.withSizes(1 << 20, 1 << 20);
  private static final ReportParts PARTS = new ReportParts(LIMITS);
  private static final BodyReader BODIES = new BodyReader(new ReportParser(LIMITS));

  private static final Authenticator GATEWAY = new GatewayAuthenticator("gateway.example.com");

  private MailFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] data) {
    RawMail mail = RawMail.of(data, data.length);
    GATEWAY.judge(mail, Instant.EPOCH, WaitingThread.SPOOLER);
    ReportHeader.of(mail.header());
    if (PARTS.in(mail) instanceof Found(var labelled, var others, var messages)) {
      for (BodyPart part : labelled) {
        BODIES.read(part, BODIES.budget(() -> {}));
      }
      for (BodyPart part : others) {
        BODIES.mayBeReport(part);
        BODIES.readUnlabelled(part, BODIES.budget(() -> {}));
      }
    }
  }
}

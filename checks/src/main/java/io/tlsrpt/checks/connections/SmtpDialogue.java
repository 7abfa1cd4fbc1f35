// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.connections;

import io.tlsrpt.checks.connections.SmtpReply.None;
import io.tlsrpt.checks.connections.SmtpReply.Said;
import io.tlsrpt.checks.connections.SmtpResult.HandshakeBroken;
import io.tlsrpt.checks.connections.SmtpResult.NoStartTls;
import io.tlsrpt.checks.connections.SmtpResult.NotNow;
import io.tlsrpt.checks.connections.SmtpResult.Unreached;
import io.tlsrpt.checks.words.Words;
import io.tlsrpt.report.DomainName;
import java.io.IOException;

/** The dialogue of one look (RFC 3207 §4), step by step. For one thread. */
final class SmtpDialogue {
  private static final int READY = 220;
  private static final int OKAY = 250;

  /** What a host says to a command that it does not know (RFC 5321 §4.2.4). */
  private static final int UNKNOWN_COMMAND = 500;

  private static final int NOT_IMPLEMENTED = 502;

  private final Connection open;
  private final String ownName;
  private final DomainName host;
  private final Handshake handshake;

  SmtpDialogue(Connection open, String ownName, DomainName host, Handshake handshake) {
    this.open = open;
    this.ownName = ownName;
    this.host = host;
    this.handshake = handshake;
  }

  /**
   * Runs it, QUIT included.
   *
   * @throws IOException never for what the host does, only if the socket has no streams
   */
  SmtpResult run() throws IOException {
    SmtpChannel clear = new SmtpChannel(open.socket());
    SmtpResult result = greeting(clear);
    if (open.ranOutOfTime() && !(result instanceof SmtpResult.Tls)) {
      return unreached(open.outOfTime());
    }
    // Once TLS was tried, the socket is closed already and this does nothing.
    clear.quit();
    return result;
  }

  private SmtpResult greeting(SmtpChannel clear) {
    return switch (clear.hear()) {
      case None none -> unreached("instead of a greeting, " + none.words());
      case Said said when said.code() != READY -> unreached("it greeted with " + said.words());
      case Said said -> ehlo(clear);
    };
  }

  private SmtpResult ehlo(SmtpChannel clear) {
    return switch (clear.ask("EHLO " + ownName)) {
      case None none -> unreached("it did not answer EHLO: " + none.words());
      case Said said when said.code() == UNKNOWN_COMMAND || said.code() == NOT_IMPLEMENTED ->
          new NoStartTls("it does not know EHLO: " + said.words());
      case Said said when said.code() != OKAY -> unreached("it answered EHLO with " + said.words());
      case Said said when !said.offers("STARTTLS") ->
          new NoStartTls("its reply to EHLO does not offer STARTTLS");
      case Said said -> startTls(clear);
    };
  }

  private SmtpResult startTls(SmtpChannel clear) {
    return switch (clear.ask("STARTTLS")) {
      case None none -> unreached("it did not answer STARTTLS: " + none.words());
      case Said said when said.isTemporary() ->
          new NotNow("it answered STARTTLS with " + said.words());
      case Said said when said.code() != READY ->
          new NoStartTls("it offers STARTTLS and refuses it: " + said.words());
      // If more comes in clear after the 220, an attacker on the way may have added it: it must not
      // be read as if the host had sent it within TLS.
      case Said said when clear.hasMore() ->
          new HandshakeBroken("it went on in clear after its 220 to STARTTLS");
      case Said said -> shakeHands();
    };
  }

  private SmtpResult shakeHands() {
    return switch (handshake.over(open.socket(), host)) {
      case Handshake.Result.Broken broken ->
          new HandshakeBroken("the TLS handshake failed: " + broken.words());
      case Handshake.Result.Done done -> underTls(done);
    };
  }

  /** A host that refuses us with TLS 1.3 breaks only now. */
  private SmtpResult underTls(Handshake.Result.Done done) {
    try (done) {
      SmtpChannel encrypted = new SmtpChannel(done.socket());
      SmtpReply reply = encrypted.ask("EHLO " + ownName);
      if (reply instanceof Said) {
        encrypted.quit();
      }
      return switch (reply) {
        case None none ->
            new HandshakeBroken("no answer to EHLO after the TLS handshake: " + none.words());
        case Said said when said.code() != OKAY ->
            unreached("it answered EHLO under TLS with " + said.words());
        case Said said -> new SmtpResult.Tls(done.session());
      };
    } catch (IOException e) {
      return new HandshakeBroken("TLS broke after the handshake: " + Words.reason(e));
    }
  }

  private static SmtpResult unreached(String words) {
    return new Unreached(words, true);
  }
}

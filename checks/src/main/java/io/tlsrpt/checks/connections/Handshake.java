// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.connections;

import io.tlsrpt.checks.words.Words;
import io.tlsrpt.report.DomainName;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * TLS over a connection that is open, whatever certificate the host has. The name is sent to the
 * host (RFC 6066 §3). Thread-safe.
 */
final class Handshake {
  /** One for all: a new one for each connection would cost more than it is worth. */
  private final SSLContext context = context();

  /** What came of it. */
  sealed interface Result {
    /**
     * An encrypted connection.
     *
     * @param socket closes the connection below with itself
     */
    record Done(SSLSocket socket, TlsSession session) implements Result, AutoCloseable {
      /** What the host makes of it does not matter any more. */
      @Override
      public void close() {
        try {
          socket.close();
        } catch (IOException e) {
          // It is closed all the same.
        }
      }
    }

    /** None; why, in words. */
    record Broken(String words) implements Result {}
  }

  /**
   * Shakes hands, for as long as the deadline of the connection allows.
   *
   * <p>With TLS 1.3 this is not the end: a host that refuses us says so after the handshake, so
   * that only an answer to what is then sent shows that the connection can be used.
   */
  Result over(Socket open, DomainName host) {
    try {
      SSLSocket socket =
          (SSLSocket)
              context.getSocketFactory().createSocket(open, host.value(), open.getPort(), true);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setServerNames(serverNames(host));
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      SSLSession session = socket.getSession();
      // So that the next look shakes hands in full and sees a renewed certificate.
      session.invalidate();
      return new Result.Done(socket, session(session));
    } catch (IOException | RuntimeException e) {
      // A runtime exception is the JDK's own when it reads what no host should send.
      return new Result.Broken(Words.reason(e));
    }
  }

  /** None for a name with an underscore: the JDK neither sends nor, as a server, takes it. */
  private static List<SNIServerName> serverNames(DomainName host) {
    try {
      return List.of(new SNIHostName(host.value()));
    } catch (IllegalArgumentException e) {
      return List.of();
    }
  }

  private static TlsSession session(SSLSession session) throws IOException {
    List<X509Certificate> chain =
        Arrays.stream(session.getPeerCertificates())
            .filter(X509Certificate.class::isInstance)
            .map(X509Certificate.class::cast)
            .toList();
    if (chain.isEmpty()) {
      throw new IOException("no X.509 certificate");
    }
    return new TlsSession(session.getProtocol(), session.getCipherSuite(), chain);
  }

  private static SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new AnyCertificate()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has TLS", e);
    }
  }
}

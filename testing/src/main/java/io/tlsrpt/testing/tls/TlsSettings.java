// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.testing.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSocket;

/** How a server shakes hands; may be changed while it runs. Thread-safe. */
final class TlsSettings {
  private final ChangingKey key;
  private final Queue<String> names = new ConcurrentLinkedQueue<>();
  private volatile List<String> protocols = List.of("TLSv1.2", "TLSv1.3");
  private volatile boolean clientCertificateDemanded;

  TlsSettings(ServerCertificate certificate) {
    this.key = new ChangingKey(certificate);
  }

  void change(ServerCertificate certificate) {
    key.change(certificate);
  }

  void setProtocols(String... only) {
    protocols = List.of(only);
  }

  void demandClientCertificate() {
    clientCertificateDemanded = true;
  }

  /** The names that clients asked for, one for each handshake. */
  List<String> names() {
    return List.copyOf(names);
  }

  SSLSocket shakeHands(Socket connection) throws IOException {
    SSLSocket socket =
        (SSLSocket) key.context().getSocketFactory().createSocket(connection, null, true);
    socket.setUseClientMode(false);
    socket.setEnabledProtocols(protocols.toArray(String[]::new));
    socket.setNeedClientAuth(clientCertificateDemanded);
    socket.startHandshake();
    if (socket.getSession() instanceof ExtendedSSLSession session) {
      session
          .getRequestedServerNames()
          .forEach(name -> names.add(new String(name.getEncoded(), US_ASCII)));
    }
    return socket;
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.testing.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLSocket;

/**
 * A host of MTA-STS policies on loopback: HTTPS, one request each connection. Certificate and
 * answer can be changed while it runs. Thread-safe.
 */
public final class PolicyHost implements AutoCloseable {
  /** What is no fault of the answer itself. */
  public enum Mood {
    ANSWERING,
    /** Takes the request and stays silent. */
    SILENT,
    /** Takes the connection and does not shake hands. */
    SILENT_BEFORE_TLS,
    /** A head that never ends, an octet each half second. */
    TARPIT,
    /** Fields of a head without an end, at full speed. */
    ENDLESS_HEAD,
    /** A body without an end and without a length. */
    ENDLESS_BODY,
    /** Speaks HTTP in clear where TLS should be. */
    IN_CLEAR
  }

  private static final String HEAD = "HTTP/1.1 200 OK\r\n";
  private static final byte[] PIECE = "x: y\r\n".repeat(100).getBytes(US_ASCII);

  private final TlsSettings tls;
  private final LoopbackServer server;
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();
  private volatile HttpResponse response = HttpResponse.status("404 Not Found");
  private volatile Mood mood = Mood.ANSWERING;

  private PolicyHost(ServerCertificate certificate, InetSocketAddress address) {
    this.tls = new TlsSettings(certificate);
    this.server = LoopbackServer.start(address, this::serve);
  }

  /** Starts one on a free port; it has no policy yet. */
  public static PolicyHost start(ServerCertificate certificate) {
    return start(certificate, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /**
   * Starts one; it has no policy yet.
   *
   * @throws UncheckedIOException if the port is taken, or only root may use it
   */
  public static PolicyHost start(ServerCertificate certificate, InetSocketAddress address) {
    return new PolicyHost(certificate, address);
  }

  public InetAddress address() {
    return server.address();
  }

  public int port() {
    return server.port();
  }

  /** What is answered from now on, whatever the request. */
  public void answer(HttpResponse next) {
    response = next;
  }

  public void setMood(Mood mood) {
    this.mood = mood;
  }

  /** Shows another certificate from the next handshake on. */
  public void renew(ServerCertificate certificate) {
    tls.change(certificate);
  }

  /** Such as {@code TLSv1.2}. */
  public void setProtocols(String... only) {
    tls.setProtocols(only);
  }

  /** From now on refuses whoever has no certificate; with TLS 1.3 after the handshake. */
  public void demandClientCertificate() {
    tls.demandClientCertificate();
  }

  /** The requests as they came, without bodies. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** The host names that clients asked for by SNI, one for each handshake. */
  public List<String> namesAskedFor() {
    return tls.names();
  }

  public int connections() {
    return server.connections();
  }

  public int openConnections() {
    return server.openConnections();
  }

  private void serve(Socket connection) throws IOException, InterruptedException {
    Mood now = mood;
    if (now == Mood.SILENT_BEFORE_TLS) {
      waitForTheEnd(connection.getInputStream());
      return;
    }
    if (now == Mood.IN_CLEAR) {
      connection.getOutputStream().write(response.text().getBytes(UTF_8));
      waitForTheEnd(connection.getInputStream());
      return;
    }
    try (SSLSocket socket = tls.shakeHands(connection)) {
      requests.add(request(socket.getInputStream()));
      answer(socket, now);
    }
  }

  private void answer(SSLSocket socket, Mood now) throws IOException, InterruptedException {
    switch (now) {
      case SILENT -> waitForTheEnd(socket.getInputStream());
      case TARPIT -> {
        socket.getOutputStream().write(HEAD.getBytes(US_ASCII));
        Slowly.write(socket.getOutputStream(), 'x');
      }
      case ENDLESS_HEAD -> {
        socket.getOutputStream().write(HEAD.getBytes(US_ASCII));
        Slowly.flood(socket.getOutputStream(), PIECE);
      }
      case ENDLESS_BODY -> {
        socket.getOutputStream().write((HEAD + "\r\n").getBytes(US_ASCII));
        Slowly.flood(socket.getOutputStream(), PIECE);
      }
      default -> socket.getOutputStream().write(response.text().getBytes(UTF_8));
    }
  }

  private static String request(InputStream in) throws IOException {
    StringBuilder request = new StringBuilder();
    while (request.indexOf("\r\n\r\n") < 0) {
      int octet = in.read();
      if (octet < 0) {
        break;
      }
      request.append((char) octet);
    }
    return request.toString();
  }

  private static void waitForTheEnd(InputStream in) throws IOException {
    while (in.read() >= 0) {
      // Whatever it is.
    }
  }

  @Override
  public void close() {
    server.close();
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands between a store and its server. It passes everything on, but can lose the reply to a
 * COMMIT: the server has committed, and the connection ends before the store learns of it. And it
 * can change statements, so that the store commits without one of the things that protect it.
 */
final class Proxy implements AutoCloseable {
  private static final Pattern HOST = Pattern.compile("//(?<host>[^:/]+):(?<port>\\d+)/");

  /** As a text of its own: other texts say READ COMMITTED. */
  private static final String COMMIT = "COMMIT\0";

  private static final String ROLLBACK = "ROLLBACK\0";

  private final String url;
  private final String host;
  private final int port;
  private final BooleanSupplier loses;
  private final List<Rewriter.Rule> rules;
  private final ServerSocket door;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicInteger rolledBack = new AtomicInteger();

  /**
   * Stands before a server.
   *
   * @param url of the server, for JDBC
   * @param loses asked at each COMMIT, whether its reply is to be lost
   * @param rules what to change in statements
   */
  Proxy(String url, BooleanSupplier loses, Rewriter.Rule... rules) throws IOException {
    this.url = url;
    this.loses = loses;
    this.rules = List.of(rules);
    Matcher of = HOST.matcher(url);
    if (!of.find()) {
      throw new IllegalArgumentException("no host and port in the URL");
    }
    host = of.group("host");
    port = Integer.parseInt(of.group("port"));
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** The same database by way of the proxy. */
  String url() {
    return HOST.matcher(url).replaceFirst("//127.0.0.1:" + door.getLocalPort() + "/");
  }

  /** How many replies were lost. */
  int lost() {
    return lost.get();
  }

  /** How many transactions the clients have rolled back. */
  int rolledBack() {
    return rolledBack.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = door.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket server = new Socket(host, port)) {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      Connection connection = new Connection(client, server);
      Thread back = Thread.ofVirtual().start(connection::passBack);
      connection.passOn();
      back.join();
    } catch (IOException | InterruptedException e) {
      // One of them has closed the connection.
    } finally {
      open.remove(client);
    }
  }

  private final class Connection {
    private final Socket client;
    private final Socket server;
    private final Rewriter rewriter = new Rewriter(rules);
    private volatile boolean losesReply;

    Connection(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    /** The driver sends COMMIT and ROLLBACK alone, so that they arrive in one piece. */
    void passOn() throws IOException {
      byte[] piece = new byte[16_384];
      InputStream in = client.getInputStream();
      OutputStream out = server.getOutputStream();
      for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
        String text = new String(piece, 0, length, StandardCharsets.ISO_8859_1);
        if (text.contains(COMMIT) && loses.getAsBoolean()) {
          losesReply = true;
        }
        if (text.contains(ROLLBACK)) {
          rolledBack.incrementAndGet();
        }
        out.write(rewriter.pass(text).getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
      }
      server.shutdownOutput();
    }

    void passBack() {
      byte[] piece = new byte[16_384];
      try {
        InputStream in = server.getInputStream();
        OutputStream out = client.getOutputStream();
        for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
          if (losesReply) {
            lost.incrementAndGet();
            break;
          }
          out.write(piece, 0, length);
          out.flush();
        }
      } catch (IOException e) {
        // Ended below.
      }
      end(client);
      end(server);
    }
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    open.forEach(Proxy::end);
  }
}

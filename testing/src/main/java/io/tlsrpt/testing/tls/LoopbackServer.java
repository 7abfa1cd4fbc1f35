// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.testing.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections to a port of loopback, each served by a thread of its own. Thread-safe. */
public final class LoopbackServer implements AutoCloseable {
  private static final int CLOSE_SECONDS = 10;

  private final ServerSocket port;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();

  /** What a server does with a connection; it is closed afterwards. */
  @FunctionalInterface
  public interface Service {
    /** Serves it; whatever it throws ends the connection. */
    void serve(Socket connection) throws IOException, InterruptedException;
  }

  private LoopbackServer(ServerSocket port) {
    this.port = port;
  }

  /** Starts one on a free port. */
  public static LoopbackServer start(Service service) {
    return start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), service);
  }

  /**
   * Starts one.
   *
   * @throws UncheckedIOException if the port is taken, or only root may use it
   */
  public static LoopbackServer start(InetSocketAddress address, Service service) {
    try {
      LoopbackServer server =
          new LoopbackServer(new ServerSocket(address.getPort(), 50, address.getAddress()));
      server.threads.execute(() -> server.accept(service));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public InetAddress address() {
    return port.getInetAddress();
  }

  public int port() {
    return port.getLocalPort();
  }

  /** Connections that have come, ended or not. */
  public int connections() {
    return connections.get();
  }

  /** Connections that neither side has ended. */
  public int openConnections() {
    return open.size();
  }

  private void accept(Service service) {
    while (!port.isClosed()) {
      try {
        Socket connection = port.accept();
        open.add(connection);
        connections.incrementAndGet();
        threads.execute(() -> serve(service, connection));
      } catch (IOException e) {
        // The port was closed.
        return;
      }
    }
  }

  private void serve(Service service, Socket connection) {
    try (connection) {
      service.serve(connection);
    } catch (IOException e) {
      // The client has closed the connection, or the test has told the server to break it off.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(connection);
    }
  }

  /** Ends all connections, and waits until nothing of it is left. */
  @Override
  public void close() {
    try {
      port.close();
      for (Socket connection : List.copyOf(open)) {
        connection.close();
      }
      threads.shutdownNow();
      if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a connection is still being served");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

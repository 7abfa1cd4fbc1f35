// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A reverse proxy that serves WebAdmin below a prefix, and nothing elsewhere: whoever leaves the
 * prefix gets a 404. It tells WebAdmin nothing of itself.
 */
final class PrefixProxy implements AutoCloseable {
  private static final String PREFIX = "/james";
  private static final List<String> REQUEST_HEADERS =
      List.of("Accept", "Accept-Encoding", "Authorization", "Password");

  /** Of a message between two servers, not of what is handed on. */
  private static final List<String> NOT_HANDED_ON =
      List.of(":status", "connection", "content-length", "transfer-encoding", "date");

  private final int webAdmin;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client = HttpClient.newHttpClient();

  private PrefixProxy(int webAdmin, HttpServer server) {
    this.webAdmin = webAdmin;
    this.server = server;
  }

  /** Starts a proxy for the WebAdmin on a port. */
  static PrefixProxy start(int webAdmin) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    PrefixProxy proxy = new PrefixProxy(webAdmin, server);
    server.createContext(PREFIX + "/", proxy::handOn);
    server.setExecutor(proxy.threads);
    server.start();
    return proxy;
  }

  /** The address of WebAdmin's root. */
  String address() {
    return "http://127.0.0.1:" + port() + PREFIX;
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void handOn(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().toString().substring(PREFIX.length());
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + webAdmin + path));
      for (String name : REQUEST_HEADERS) {
        exchange
            .getRequestHeaders()
            .getOrDefault(name, List.of())
            .forEach(value -> request.header(name, value));
      }
      HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
      answer
          .headers()
          .map()
          .forEach(
              (name, values) -> {
                if (!NOT_HANDED_ON.contains(name)) {
                  exchange.getResponseHeaders().put(name, values);
                }
              });
      exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
    client.close();
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import java.util.ArrayList;
import java.util.List;

/** The James of the demonstration: one, or several that share a database. */
final class DemoServers implements AutoCloseable {
  private final List<JamesServer> servers = new ArrayList<>();
  private final List<JmxClient> clients = new ArrayList<>();

  private DemoServers() {}

  /** Starts all at once, and waits until each takes mail and answers by JMX. */
  static DemoServers start(List<JamesHome> homes) {
    DemoServers started = new DemoServers();
    try {
      homes.forEach(home -> started.servers.add(JamesServer.launch(home)));
      started.servers.forEach(JamesServer::awaitReady);
      started.servers.forEach(server -> started.clients.add(server.jmx()));
      return started;
    } catch (RuntimeException | Error e) {
      started.close();
      throw e;
    }
  }

  int count() {
    return servers.size();
  }

  JamesHome home(int server) {
    return servers.get(server).home();
  }

  SmtpClient smtp(int server) {
    return new SmtpClient(servers.get(server).ports().smtp());
  }

  List<JmxClient> jmx() {
    return List.copyOf(clients);
  }

  /** What each of them shows. */
  List<Figures> figures() {
    return clients.stream().map(Figures::read).toList();
  }

  boolean anyAlive() {
    return servers.stream().anyMatch(JamesServer::isAlive);
  }

  /** Lets each James shut down in order. */
  void stop() {
    servers.forEach(JamesServer::close);
  }

  @Override
  public void close() {
    clients.forEach(JmxClient::close);
    stop();
  }
}

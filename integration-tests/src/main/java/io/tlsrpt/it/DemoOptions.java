// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What the demonstration is told on its command line.
 *
 * @param ports of the first James
 * @param nodes how many James share a database; empty for a James with a database of its own
 * @param exit whether it ends by itself
 */
record DemoOptions(Ports ports, OptionalInt nodes, boolean exit) {
  private static final Ports DEFAULT_PORTS = new Ports(10025, 10143, 9999);
  private static final int MOST_NODES = 5;
  private static final String USAGE =
      "allowed: --exit, --nodes=N with N from 1 to "
          + MOST_NODES
          + ", --smtp-port=N, --imap-port=N, --jmx-port=N with N from 1 to "
          + Ports.HIGHEST;

  static DemoOptions parse(String[] args) throws BadOptionException {
    Ports ports = DEFAULT_PORTS;
    OptionalInt nodes = OptionalInt.empty();
    boolean exit = false;
    for (String arg : joined(args)) {
      String name = arg.contains("=") ? arg.substring(0, arg.indexOf('=')) : arg;
      switch (name) {
        case "--exit" -> exit = true;
        case "--nodes" -> nodes = OptionalInt.of(number(arg, MOST_NODES));
        case "--smtp-port" -> ports = new Ports(port(arg), ports.imap(), ports.jmx());
        case "--imap-port" -> ports = new Ports(ports.smtp(), port(arg), ports.jmx());
        case "--jmx-port" -> ports = new Ports(ports.smtp(), ports.imap(), port(arg));
        default -> throw new BadOptionException("Unknown option " + arg + "; " + USAGE);
      }
    }
    check("--smtp-port", ports.smtp());
    check("--imap-port", ports.imap());
    check("--jmx-port", ports.jmx());
    if (Stream.of(ports.smtp(), ports.imap(), ports.jmx()).distinct().count() < 3) {
      throw new BadOptionException("SMTP, IMAP and JMX need a port each");
    }
    return new DemoOptions(ports, nodes, exit);
  }

  /** An option and its value may also stand apart, as in {@code --nodes 3}. */
  private static List<String> joined(String[] args) {
    List<String> joined = new ArrayList<>();
    for (String arg : args) {
      boolean isValue = !joined.isEmpty() && !arg.startsWith("--");
      joined.add(isValue ? joined.removeLast() + "=" + arg : arg);
    }
    return joined;
  }

  private static int port(String arg) throws BadOptionException {
    return number(arg, Ports.HIGHEST);
  }

  private static int number(String arg, int most) throws BadOptionException {
    String value = arg.substring(arg.indexOf('=') + 1);
    if (!value.matches("[1-9]\\d{0,4}") || Integer.parseInt(value) > most) {
      throw new BadOptionException("Bad option " + arg + "; " + USAGE);
    }
    return Integer.parseInt(value);
  }

  private static void check(String option, int port) throws BadOptionException {
    if (!Ports.isFree(port)) {
      throw new BadOptionException(
          "Port " + port + " is in use; choose another one with " + option + "=N");
    }
  }

  /** Says in its message what is wrong. */
  static final class BadOptionException extends Exception {
    private static final long serialVersionUID = 1;

    BadOptionException(String message) {
      super(message);
    }
  }
}

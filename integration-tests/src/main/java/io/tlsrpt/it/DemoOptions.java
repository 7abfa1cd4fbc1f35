// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import java.util.stream.Stream;

/**
 * What the demonstration is told on its command line.
 *
 * @param exit whether it ends by itself
 */
record DemoOptions(Ports ports, boolean exit) {
  private static final Ports DEFAULT_PORTS = new Ports(10025, 10143, 9999);
  private static final String USAGE =
      "allowed: --exit, --smtp-port=N, --imap-port=N, --jmx-port=N with N from 1 to 65535";

  static DemoOptions parse(String[] args) throws BadOptionException {
    Ports ports = DEFAULT_PORTS;
    boolean exit = false;
    for (String arg : args) {
      String name = arg.contains("=") ? arg.substring(0, arg.indexOf('=')) : arg;
      switch (name) {
        case "--exit" -> exit = true;
        case "--smtp-port" -> ports = new Ports(number(arg), ports.imap(), ports.jmx());
        case "--imap-port" -> ports = new Ports(ports.smtp(), number(arg), ports.jmx());
        case "--jmx-port" -> ports = new Ports(ports.smtp(), ports.imap(), number(arg));
        default -> throw new BadOptionException("Unknown option " + arg + "; " + USAGE);
      }
    }
    check("--smtp-port", ports.smtp());
    check("--imap-port", ports.imap());
    check("--jmx-port", ports.jmx());
    if (Stream.of(ports.smtp(), ports.imap(), ports.jmx()).distinct().count() < 3) {
      throw new BadOptionException("SMTP, IMAP and JMX need a port each");
    }
    return new DemoOptions(ports, exit);
  }

  private static int number(String arg) throws BadOptionException {
    String value = arg.substring(arg.indexOf('=') + 1);
    if (!value.matches("[1-9]\\d{0,4}") || Integer.parseInt(value) > 65535) {
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

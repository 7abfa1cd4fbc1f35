// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static java.util.Objects.requireNonNull;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.mail.MessagingException;
import java.io.FileNotFoundException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import javax.management.MBeanServer;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.mailet.MailetContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one receiver of the server, shared by all blocks of the mailet: the first block opens it, the
 * last one closes it. The container makes it and hands it to each mailet.
 */
@Singleton
public final class Receiver {
  private static final Logger LOGGER = LoggerFactory.getLogger(Receiver.class);

  private final MBeanServer server;
  private final InstantSource clock;
  private final Path directory;
  private final DomainList domains;
  private int blocks;
  private volatile @Nullable First first;

  /**
   * For the container.
   *
   * @throws FileNotFoundException if the server has no directory for what changes
   */
  @Inject
  public Receiver(FileSystem files, DomainList domains) throws FileNotFoundException {
    this(
        ManagementFactory.getPlatformMBeanServer(),
        InstantSource.system(),
        files.getFile("file://var/tlsrpt/").toPath(),
        domains);
  }

  Receiver(MBeanServer server, InstantSource clock, Path directory, DomainList domains) {
    this.server = requireNonNull(server, "server");
    this.clock = requireNonNull(clock, "clock");
    this.directory = requireNonNull(directory, "directory");
    this.domains = requireNonNull(domains, "domains");
  }

  /**
   * Joins a block; every call that succeeds is followed by one of {@link #leave}.
   *
   * @throws MessagingException if a value is bad, or not that of the first block
   */
  synchronized OpenReceiver join(Parameters parameters, MailetContext context)
      throws MessagingException {
    First joined = first;
    if (joined == null) {
      joined = open(parameters, context);
      first = joined;
    } else {
      checkSame(joined, parameters);
    }
    blocks++;
    return joined.receiver();
  }

  private First open(Parameters parameters, MailetContext context) throws MessagingException {
    Settings settings = Settings.of(parameters);
    OpenReceiver receiver =
        OpenReceiver.open(
            settings,
            new PolicyDomains(context::isLocalServer, domains, settings.domains()),
            clock,
            server,
            directory);
    LOGGER.info("TLS report receiver {} started: {}", Version.CURRENT, settings);
    if (settings.dkim() == DkimMode.OFF) {
      LOGGER.warn(
          "dkim=off: TLS reports are believed whoever sent them. For tests, and where only trusted"
              + " servers can reach the rua address.");
    }
    return new First(parameters, settings, receiver);
  }

  private static void checkSame(First first, Parameters parameters) throws MessagingException {
    for (String name : Parameters.SHARED) {
      Optional<String> value = parameters.value(name);
      if (value.isPresent()
          && !Settings.of(first.parameters().with(name, value.get())).equals(first.settings())) {
        String allowed =
            first.parameters().value(name).map(v -> "'" + v + "'").orElse("the default");
        throw parameters.bad(
            name, allowed + ", as in the first block of the mailet, or leave it out");
      }
    }
  }

  /** The receiver, while some block has it open. Waits for nothing. */
  Optional<OpenReceiver> running() {
    return Optional.ofNullable(first).map(First::receiver);
  }

  /** A block has gone; the last one takes the beans with it. */
  synchronized void leave() {
    blocks--;
    First last = first;
    if (blocks == 0 && last != null) {
      first = null;
      last.receiver().close();
      LOGGER.info("TLS report receiver stopped");
    }
  }

  /** What the first block opened, and the parameters it had. */
  private record First(Parameters parameters, Settings settings, OpenReceiver receiver) {}
}

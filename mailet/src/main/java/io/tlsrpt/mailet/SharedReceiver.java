// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.mailet.parameters.Parameters;
import io.tlsrpt.receiver.TlsReportReceiver;
import io.tlsrpt.webadmin.RunningReceiver;
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
 * The one receiver of the server, which all blocks of the mailet share. The first block opens the
 * receiver, and the last block closes it. James' container injects this object into each mailet.
 */
@Singleton
public final class SharedReceiver {
  private static final Logger LOGGER = LoggerFactory.getLogger(SharedReceiver.class);

  private final ReceiverOpening opening;
  private final RunningReceiver pages;
  private int blocks;
  private volatile @Nullable OpenReceiver opened;

  /**
   * For the container.
   *
   * @throws FileNotFoundException if the server has no directory {@code var}
   */
  @Inject
  public SharedReceiver(FileSystem files, DomainList domains, RunningReceiver pages)
      throws FileNotFoundException {
    this(
        ManagementFactory.getPlatformMBeanServer(),
        InstantSource.system(),
        files.getFile("file://var/tlsrpt/").toPath(),
        domains,
        pages);
  }

  SharedReceiver(
      MBeanServer server,
      InstantSource clock,
      Path directory,
      DomainList domains,
      RunningReceiver pages) {
    this.opening = new ReceiverOpening(server, clock, directory, domains);
    this.pages = requireNonNull(pages, "pages");
  }

  /**
   * Adds a block. Each call that succeeds must be followed by one call of {@link #leave}.
   *
   * @throws MessagingException if a value is bad, or differs from that of the first block
   */
  synchronized OpenReceiver join(Parameters parameters, MailetContext context)
      throws MessagingException {
    OpenReceiver joined = opened;
    if (joined == null) {
      joined = opening.open(parameters, context);
      pages.started(joined.receiver().figures());
      opened = joined;
    } else {
      checkSame(joined, parameters);
    }
    blocks++;
    return joined;
  }

  private static void checkSame(OpenReceiver first, Parameters parameters)
      throws MessagingException {
    for (String name : Parameters.SHARED) {
      Optional<String> value = parameters.value(name);
      if (value.isPresent() && !first.hasSame(name, value.get())) {
        String allowed =
            first
                .parameters()
                .value(name)
                .map(written -> "'" + Parameters.withoutSecrets(name, written) + "'")
                .orElse("the default");
        throw parameters.bad(
            name, allowed + ", as in the first block of the mailet, or leave it out");
      }
    }
  }

  /** The receiver, while some block has it open. Never blocks. */
  Optional<TlsReportReceiver> running() {
    return Optional.ofNullable(opened).map(OpenReceiver::receiver);
  }

  /** Removes a block. After the last one the receiver is closed and its beans are gone. */
  synchronized void leave() {
    blocks--;
    OpenReceiver last = opened;
    if (blocks == 0 && last != null) {
      opened = null;
      // First, so that nobody asks one that is closed, whether closing succeeds or not.
      pages.stopped();
      last.close();
      LOGGER.info("TLS report receiver stopped");
    }
  }
}

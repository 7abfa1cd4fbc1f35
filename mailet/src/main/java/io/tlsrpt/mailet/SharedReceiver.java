// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.receiver.ReportOutcome.Rejected;
import io.tlsrpt.jmx.JmxExporter;
import io.tlsrpt.jmx.JmxMeters;
import io.tlsrpt.mailet.MailReader.NotJudgedException;
import io.tlsrpt.message.RawMail;
import io.tlsrpt.notifications.NotificationSettings;
import io.tlsrpt.notifications.Notifier;
import io.tlsrpt.receiver.DkimMode;
import io.tlsrpt.receiver.MailOutcome;
import io.tlsrpt.receiver.NotKeptException;
import io.tlsrpt.receiver.Settings;
import io.tlsrpt.receiver.TlsReportReceiver;
import io.tlsrpt.receiver.Version;
import io.tlsrpt.receiver.domains.PolicyDomains;
import io.tlsrpt.receiver.intake.Arrival;
import io.tlsrpt.receiver.intake.Checked.Failed;
import io.tlsrpt.receiver.intake.Checked.Passed;
import io.tlsrpt.receiver.port.DomainListener;
import io.tlsrpt.receiver.port.DomainsUnavailableException;
import io.tlsrpt.receiver.port.ServedDomains;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.view.FiguresSource;
import io.tlsrpt.webadmin.RunningReceiver;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.mail.MessagingException;
import java.io.FileNotFoundException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.management.MBeanServer;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.mailet.Mail;
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

  private final MBeanServer server;
  private final InstantSource clock;
  private final Path directory;
  private final DomainList domains;
  private final RunningReceiver pages;
  private int blocks;
  private volatile @Nullable Opened opened;

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
    this.server = requireNonNull(server, "server");
    this.clock = requireNonNull(clock, "clock");
    this.directory = requireNonNull(directory, "directory");
    this.domains = requireNonNull(domains, "domains");
    this.pages = requireNonNull(pages, "pages");
  }

  /**
   * Adds a block. Each call that succeeds must be followed by one call of {@link #leave}.
   *
   * @throws MessagingException if a value is bad, or differs from that of the first block
   */
  synchronized Opened join(Parameters parameters, MailetContext context) throws MessagingException {
    Opened joined = opened;
    if (joined == null) {
      joined = open(parameters, context);
      opened = joined;
    } else {
      checkSame(joined, parameters);
    }
    blocks++;
    return joined;
  }

  private Opened open(Parameters parameters, MailetContext context) throws MessagingException {
    Settings settings = parameters.toSettings();
    NotificationSettings notifications = parameters.toNotifications();
    ServedDomains served = new JamesDomains(context::isLocalServer, domains);
    TlsReportReceiver receiver =
        TlsReportReceiver.open(
            settings,
            served,
            clock,
            directory,
            new JmxMeters(server),
            source -> JmxExporter.open(server, settings.figuresRules(), source),
            source -> listener(notifications, context, source));
    pages.started(receiver.figures());
    LOGGER.info("TLS report receiver {} started: {}", Version.CURRENT, settings);
    if (settings.dkim() == DkimMode.OFF) {
      LOGGER.warn(
          "dkim=off: every TLS report counts, whoever sent it. Only for tests, or where only"
              + " trusted servers can reach the rua address.");
    }
    if (notifications.areOn()) {
      LOGGER.info("TLS reports are told by mail: {}", notifications);
      warnOfWatched(notifications, new PolicyDomains(served, settings.domains()));
    }
    return new Opened(
        parameters,
        settings,
        notifications,
        new MailReader(settings.limits().maxMessageSize()),
        receiver,
        clock);
  }

  private DomainListener listener(
      NotificationSettings notifications, MailetContext context, FiguresSource source) {
    return notifications.areOn()
        ? new Notifier(
            notifications,
            () -> JamesOutbox.sender(context),
            directory.resolve("notifications"),
            source,
            new JamesOutbox(context))
        : DomainListener.NONE;
  }

  private static void warnOfWatched(NotificationSettings notifications, PolicyDomains ours) {
    List<String> watched =
        notifications.addresses().stream().filter(address -> isIn(ours, address)).toList();
    if (!watched.isEmpty()) {
      LOGGER.warn(
          "notify: {} would read of trouble by the mail that is in trouble, since reports about that"
              + " domain come here. An address elsewhere is better.",
          watched);
    }
  }

  private static boolean isIn(PolicyDomains ours, String address) {
    try {
      return DomainName.parse(address.substring(address.lastIndexOf('@') + 1))
          .filter(ours::contains)
          .isPresent();
    } catch (DomainsUnavailableException e) {
      // The backend of James' domain list is down: it is a warning only.
      return false;
    }
  }

  private static void checkSame(Opened first, Parameters parameters) throws MessagingException {
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
    return Optional.ofNullable(opened).map(Opened::receiver);
  }

  /** Removes a block. After the last one the receiver is closed and its beans are gone. */
  synchronized void leave() {
    blocks--;
    Opened last = opened;
    if (blocks == 0 && last != null) {
      opened = null;
      // First, so that nobody asks one that is closed, whether closing succeeds or not.
      pages.stopped();
      last.receiver().close();
      LOGGER.info("TLS report receiver stopped");
    }
  }

  /** What the first block opened, with the parameters of that block. */
  record Opened(
      Parameters parameters,
      Settings settings,
      NotificationSettings notifications,
      MailReader reader,
      TlsReportReceiver receiver,
      InstantSource clock) {

    /** Whether a parameter with this value would mean the same. */
    boolean hasSame(String name, String value) throws MessagingException {
      Parameters other = parameters.with(name, value);
      return other.toSettings().equals(settings) && other.toNotifications().equals(notifications);
    }

    /**
     * Judges a mail; never throws for what is in it, but lets an {@link OutOfMemoryError} pass.
     *
     * @throws NotJudgedException if James cannot give the mail, or the mail must wait and cannot be
     *     written to disk
     */
    MailOutcome judge(Mail mail) throws NotJudgedException {
      Arrival arrival = new Arrival(mail.getName(), clock.instant());
      try {
        return switch (reader.read(mail, arrival.mailName())) {
          case Failed<RawMail, Rejected>(Rejected why) -> receiver.reject(arrival, why);
          case Passed<RawMail, Rejected>(RawMail octets) -> receiver.accept(arrival, octets);
        };
      } catch (NotKeptException e) {
        throw new NotJudgedException(String.valueOf(e.getMessage()), e);
      }
    }
  }
}

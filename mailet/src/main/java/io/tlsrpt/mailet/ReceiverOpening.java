// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.checks.CheckSettings;
import io.tlsrpt.checks.Checks;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.event.DomainEvent;
import io.tlsrpt.figures.event.Transition;
import io.tlsrpt.figures.posture.CheckEvent;
import io.tlsrpt.jmx.JmxExporter;
import io.tlsrpt.jmx.JmxMeters;
import io.tlsrpt.mailet.james.JamesDomains;
import io.tlsrpt.mailet.james.JamesOutbox;
import io.tlsrpt.mailet.james.MailReader;
import io.tlsrpt.mailet.james.ReceiverDomains;
import io.tlsrpt.mailet.parameters.Parameters;
import io.tlsrpt.notifications.NotificationSettings;
import io.tlsrpt.notifications.Notifier;
import io.tlsrpt.receiver.DkimMode;
import io.tlsrpt.receiver.Settings;
import io.tlsrpt.receiver.Surroundings;
import io.tlsrpt.receiver.TlsReportReceiver;
import io.tlsrpt.receiver.Version;
import io.tlsrpt.receiver.domains.PolicyDomains;
import io.tlsrpt.receiver.port.DomainListener;
import io.tlsrpt.receiver.port.DomainsUnavailableException;
import io.tlsrpt.receiver.port.ServedDomains;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.view.FiguresSource;
import jakarta.mail.MessagingException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import javax.management.MBeanServer;
import org.apache.james.domainlist.api.DomainList;
import org.apache.mailet.MailetContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a receiver together in this server: who stores, who shows, who is told, who looks.
 *
 * @param directory for the files that must outlive the process
 */
record ReceiverOpening(
    MBeanServer server, InstantSource clock, Path directory, DomainList domains) {
  private static final Logger LOGGER = LoggerFactory.getLogger(ReceiverOpening.class);

  ReceiverOpening {
    requireNonNull(server, "server");
    requireNonNull(clock, "clock");
    requireNonNull(directory, "directory");
    requireNonNull(domains, "domains");
  }

  /**
   * Opens a receiver, which begins to look for itself at once.
   *
   * @throws MessagingException if a value is bad
   */
  OpenReceiver open(Parameters parameters, MailetContext context) throws MessagingException {
    Settings settings = parameters.toSettings();
    CheckSettings looks = parameters.toChecks();
    NotificationSettings notifications = parameters.toNotifications();
    ServedDomains served = new JamesDomains(context::isLocalServer, domains);
    Checks checks = new Checks(looks, ownName(), directory.resolve("own-mx-hosts"), clock);
    TlsReportReceiver receiver = open(settings, notifications, served, checks, context);
    start(checks, receiver, parameters);
    LOGGER.info("TLS report receiver {} started: {}, {}", Version.CURRENT, settings, looks);
    if (settings.dkim() == DkimMode.OFF) {
      LOGGER.warn(
          "dkim=off: every TLS report counts, whoever sent it. Only for tests, or where only"
              + " trusted servers can reach the rua address.");
    }
    if (notifications.areOn()) {
      LOGGER.info("TLS reports are told by mail: {}", notifications);
      warnOfWatched(notifications, new PolicyDomains(served, settings.domains(), Set::of));
    }
    return new OpenReceiver(
        parameters, new MailReader(settings.limits().maxMessageSize()), receiver, checks, clock);
  }

  private TlsReportReceiver open(
      Settings settings,
      NotificationSettings notifications,
      ServedDomains served,
      Checks checks,
      MailetContext context) {
    try {
      return TlsReportReceiver.open(
          settings,
          new Surroundings(served, clock, directory, new JmxMeters(server), checks),
          source -> JmxExporter.open(server, settings.figuresRules(), source),
          source -> new Listeners(checks, notifier(notifications, context, source)));
    } catch (RuntimeException | Error e) {
      try (checks) {
        throw e;
      }
    }
  }

  private static void start(Checks checks, TlsReportReceiver receiver, Parameters parameters)
      throws MessagingException {
    try {
      checks.start(new ReceiverDomains(receiver.figures()), receiver.postures());
    } catch (UncheckedIOException e) {
      try (receiver;
          checks) {
        throw parameters.bad("checks", "dns or off, since there is " + e.getCause());
      }
    } catch (RuntimeException | Error e) {
      try (receiver;
          checks) {
        throw e;
      }
    }
  }

  /** What MX hosts are told in EHLO. */
  private static String ownName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  private DomainListener notifier(
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

  /** A failure that starts is looked at within a minute, and told by mail. */
  private record Listeners(Checks checks, DomainListener mails) implements DomainListener {
    @Override
    public void start() {
      mails.start();
    }

    @Override
    public void tell(DomainEvent event, DomainState after) {
      if (event instanceof Transition transition
          && transition.change() == Transition.Change.STARTED) {
        checks.hurry(event.domain());
      }
      mails.tell(event, after);
    }

    @Override
    public void tell(CheckEvent event) {
      mails.tell(event);
    }

    @Override
    public void close() {
      mails.close();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import io.tlsrpt.figures.DomainFigures;
import io.tlsrpt.figures.FailureFigures;
import io.tlsrpt.figures.event.DomainEvent;
import io.tlsrpt.figures.event.FirstReport;
import io.tlsrpt.figures.event.MailLoss;
import io.tlsrpt.figures.event.ModeChange;
import io.tlsrpt.figures.event.Transition;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.PlainText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.openmbean.CompositeData;

/** The notifications that the receiver's bean sends. */
final class Notices {
  private static final String FAILURE = ObjectNames.JMX_DOMAIN + ".failure.";
  private static final String MODE_CHANGED = ObjectNames.JMX_DOMAIN + ".policy.mode.changed";

  /** Most names in a message; the user data has all of them. */
  private static final int MAX_NAMES = 5;

  private static final List<Attribute<EventContext>> OF_DOMAIN =
      List.of(
          Attribute.text(
              "domain", "The policy domain.", context -> context.domain().domain().value()),
          Attribute.number(
              "activeFailures",
              "sessions",
              "ActiveFailures of type=Domain.",
              context -> context.domain().active().failed()),
          Attribute.ratio(
              "failureRatio",
              "FailureRatio of type=Domain.",
              context -> context.domain().failureRatio()),
          Attribute.text(
              "policyMode",
              "PolicyMode of type=Domain.",
              context -> context.domain().mode().key()));

  private static final Composite<EventContext> FAILURE_DATA =
      new Composite<>(
          "io.tlsrpt.FailureTransition",
          "The domain and the kind of failure as they were then.",
          with(
              List.of(
                  Attribute.text(
                      "resultType", "The result type.", context -> context.kind().orElse("")),
                  Attribute.number(
                      "activeSessions",
                      "sessions",
                      "ActiveSessions of type=Failure.",
                      context -> context.failure().map(FailureFigures::activeSessions).orElse(0L)),
                  Attribute.day(
                      "activeSince",
                      "ActiveSince of type=Failure.",
                      context -> context.failure().flatMap(FailureFigures::activeSince)),
                  Attribute.day(
                      "lastSeen",
                      "LastSeen of type=Failure.",
                      context -> context.failure().map(FailureFigures::lastSeen)),
                  Attribute.texts(
                      "reporterNames", "ReporterNames of type=Failure.", EventContext::reporters),
                  Attribute.texts(
                      "receivingMx", "ReceivingMx of type=Failure.", EventContext::receivingMx))));

  private static final Composite<EventContext> MODE_DATA =
      new Composite<>(
          "io.tlsrpt.PolicyModeChange",
          "The domain as it was then; policyMode is the new mode.",
          with(
              List.of(
                  Attribute.text(
                      "previousPolicyMode",
                      "The mode before.",
                      context -> context.modeBefore().orElse("")))));

  private Notices() {}

  private static List<Attribute<EventContext>> with(List<Attribute<EventContext>> more) {
    return Stream.concat(OF_DOMAIN.stream(), more.stream()).toList();
  }

  /** Describes the notifications to clients. */
  static MBeanNotificationInfo[] info() {
    return new MBeanNotificationInfo[] {
      new MBeanNotificationInfo(
          Stream.of(Transition.Change.values()).map(Notices::type).toArray(String[]::new),
          Notification.class.getName(),
          "A kind of failure of a domain has begun to be active, or has ceased to be: recovered if"
              + " one of its reporters has since had sessions without it, else expired. User data:"
              + " composite of the domain and its figures."),
      new MBeanNotificationInfo(
          new String[] {MODE_CHANGED},
          Notification.class.getName(),
          "The reporters of a domain see another MTA-STS mode. User data: composite of the domain"
              + " and its figures.")
    };
  }

  private static String type(Transition.Change change) {
    return FAILURE + change.name().toLowerCase(Locale.ROOT);
  }

  /**
   * The notification of an event. What a bean shows as an attribute is not notified: that mail is
   * lost ({@code LosingMail}), and that there is a report.
   *
   * @param figures of the event's domain, after the event and at its time
   */
  static Optional<Notification> of(DomainEvent event, DomainFigures figures, LongSupplier number) {
    EventContext context = new EventContext(event, figures);
    return switch (event) {
      case Transition transition ->
          Optional.of(
              notification(
                  type(transition.change()),
                  event,
                  number.getAsLong(),
                  message(transition, context),
                  FAILURE_DATA.of(context)));
      case ModeChange change ->
          Optional.of(
              notification(
                  MODE_CHANGED,
                  event,
                  number.getAsLong(),
                  "%s: MTA-STS mode changed from %s to %s"
                      .formatted(change.domain(), change.from().key(), change.to().key()),
                  MODE_DATA.of(context)));
      case MailLoss loss -> Optional.empty();
      case FirstReport first -> Optional.empty();
    };
  }

  private static Notification notification(
      String type, DomainEvent event, long number, String message, CompositeData data) {
    Notification notification =
        new Notification(
            type, ObjectNames.receiver(), number, event.time().toEpochMilli(), message);
    notification.setUserData(data);
    return notification;
  }

  private static String message(Transition transition, EventContext context) {
    String what = transition.domain() + ": " + transition.kind().key();
    return switch (transition.change()) {
      case STARTED ->
          "%s has started: %d sessions%s, reported by %s"
              .formatted(
                  what,
                  context.failure().map(FailureFigures::activeSessions).orElse(0L),
                  at(context.receivingMx()),
                  few(context.reporters()));
      case RECOVERED ->
          what + " has recovered: one of its reporters has since had sessions without it";
      case EXPIRED -> what + " has expired: nobody has reported it for the length of failureWindow";
    };
  }

  private static String at(List<String> hosts) {
    return hosts.isEmpty() ? "" : " at " + few(hosts);
  }

  private static String few(List<String> names) {
    String first = names.stream().limit(MAX_NAMES).collect(Collectors.joining(", "));
    return names.size() > MAX_NAMES
        ? first + " and " + (names.size() - MAX_NAMES) + " more"
        : first;
  }

  /** An event with the figures of its domain. */
  private record EventContext(DomainEvent event, DomainFigures domain) {
    Optional<String> kind() {
      return event instanceof Transition transition
          ? Optional.of(transition.kind().key())
          : Optional.empty();
    }

    Optional<String> modeBefore() {
      return event instanceof ModeChange change
          ? Optional.of(change.from().key())
          : Optional.empty();
    }

    Optional<FailureFigures> failure() {
      return event instanceof Transition transition
          ? domain.failures().stream()
              .filter(failure -> failure.kind() == transition.kind())
              .findFirst()
          : Optional.empty();
    }

    List<String> reporters() {
      return failure().stream()
          .flatMap(failure -> failure.reporters().stream())
          .map(DomainName::value)
          .toList();
    }

    List<String> receivingMx() {
      return failure().stream()
          .flatMap(failure -> failure.receivingMx().stream())
          .map(PlainText::of)
          .toList();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import io.tlsrpt.figures.posture.CheckEvent;
import io.tlsrpt.figures.posture.DomainCheck;
import io.tlsrpt.report.DomainName;
import java.util.List;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.ObjectName;

/** The notifications of checks that turn. */
final class CheckNotices {
  private static final String FAILING = ObjectNames.JMX_DOMAIN + ".check.failing";
  private static final String PASSED = ObjectNames.JMX_DOMAIN + ".check.passed";

  private static final Composite<CheckEvent> DATA =
      new Composite<>(
          "io.tlsrpt.CheckTurned",
          "A check of a domain or of an MX host has turned.",
          List.of(
              Attribute.text("subject", "The domain or the MX host.", CheckEvent::subject),
              Attribute.text("check", "The check.", event -> event.check().key()),
              Attribute.text("words", "What was found.", CheckEvent::words)));

  private CheckNotices() {}

  /** Describes the notifications to clients. */
  static MBeanNotificationInfo[] info() {
    return new MBeanNotificationInfo[] {
      new MBeanNotificationInfo(
          new String[] {FAILING, PASSED},
          Notification.class.getName(),
          "A check of what is published has begun to fail at two looks, or passes again; not what"
              + " was so at the first look. Source: the bean of the domain or MX host. User data:"
              + " composite of subject, check, words.")
    };
  }

  static Notification of(CheckEvent event, long number) {
    ObjectName source =
        event.check() instanceof DomainCheck
            ? ObjectNames.posture(new DomainName(event.subject()))
            : ObjectNames.mxHost(event.subject());
    Notification notification =
        new Notification(
            event.failing() ? FAILING : PASSED,
            source,
            number,
            event.at().toEpochMilli(),
            "%s: %s %s: %s"
                .formatted(
                    event.subject(),
                    event.check().key(),
                    event.failing() ? "is failing" : "has passed; it was failing",
                    event.words()));
    notification.setUserData(DATA.of(event));
    return notification;
  }
}

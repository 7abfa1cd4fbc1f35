// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import static io.tlsrpt.jmx.ShownFigures.DOMAIN;
import static io.tlsrpt.jmx.ShownFigures.RECEIVED;
import static io.tlsrpt.jmx.ShownFigures.expired;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.guide.FailureAdvice;
import io.tlsrpt.figures.guide.FailureGuide;
import io.tlsrpt.figures.receiver.RejectionReason;
import io.tlsrpt.figures.receiver.ReportOutcome;
import io.tlsrpt.report.DomainName;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JmxExporterTest {
  private final ShownFigures figures = new ShownFigures();
  private final MBeanServer server = figures.server;
  private final JmxExporter exporter = figures.exporter;

  @AfterEach
  void close() {
    figures.close();
  }

  @Test
  void domainShouldShowItsFigures() throws JMException {
    figures.publish(failing(DomainState.of(DOMAIN), 90, 10));

    assertThat(values("io.tlsrpt:type=Domain,domain=example.com"))
        .isEqualTo(
            new TreeMap<>(
                Map.ofEntries(
                    Map.entry("Reports", 1L),
                    Map.entry("SuccessfulSessions", 90L),
                    Map.entry("FailedSessions", 10L),
                    Map.entry("ActiveFailures", 10L),
                    Map.entry("FailureRatio", 0.1),
                    Map.entry("Failing", true),
                    // Its reporter has been heard of on one day only.
                    Map.entry("LosingMail", false),
                    Map.entry("PolicyMode", "enforce"),
                    Map.entry("EnforceReady", false),
                    Map.entry("Reporters", 1L),
                    Map.entry("ReportersOverdue", 0L),
                    Map.entry("LastReportTime", Date.from(RECEIVED)),
                    Map.entry("LastReportEnd", date("2026-06-01T23:59:59Z")),
                    Map.entry("OldestActiveFailure", date("2026-06-01T00:00:00Z")),
                    Map.entry("NewestActiveFailure", date("2026-06-01T00:00:00Z")),
                    Map.entry("LastFailure", date("2026-06-01T00:00:00Z")))));
  }

  @Test
  void figuresShouldExpireWhileNobodyReports() throws JMException {
    figures.publish(failing(DomainState.of(DOMAIN), 90, 10));
    figures.clock.set(RECEIVED.plus(Duration.ofDays(8)));

    Map<String, Object> values = values("io.tlsrpt:type=Domain,domain=example.com");
    assertThat(values).containsEntry("ActiveFailures", 0L).containsEntry("Failing", false);
    assertThat(values).doesNotContainKey("OldestActiveFailure").containsKey("LastFailure");
  }

  @Test
  void breakdownShouldAlwaysHaveAllItems() throws JMException {
    figures.publish(failing(DomainState.of(DOMAIN), 90, 10));

    Map<String, Object> values = values("io.tlsrpt:type=Breakdown,domain=example.com");
    assertThat(items(values, "FailedSessionsByPolicyType"))
        .isEqualTo(Map.of("sts", 10L, "tlsa", 0L, "no-policy-found", 0L, "other", 0L));
    assertThat(items(values, "SuccessfulSessionsByPolicyType"))
        .isEqualTo(Map.of("sts", 90L, "tlsa", 0L, "no-policy-found", 0L, "other", 0L));
    assertThat(items(values, "PolicyModes"))
        .isEqualTo(Map.of("enforce", 1L, "testing", 0L, "none", 0L, "unknown", 0L));
    assertThat(items(values, "FailuresByResultType"))
        .hasSize(13)
        .containsEntry("certificate-expired", 7L)
        .containsEntry("unspecified", 3L)
        .containsEntry("tlsa-invalid", 0L);
    assertThat(items(values, "ActiveFailuresByResultType"))
        .isEqualTo(items(values, "FailuresByResultType"));
  }

  @Test
  void receiverShouldShowItsCountsAndAllReasons() throws JMException {
    figures.receiver.updateAndGet(
        state -> state.plus(new ReportOutcome.Rejected(RejectionReason.MALFORMED, ""), RECEIVED));

    figures.publish(failing(DomainState.of(DOMAIN), 1, 0));

    Map<String, Object> values = values("io.tlsrpt:type=Receiver");
    assertThat(values)
        .containsEntry("ReportsReceived", 1L)
        .containsEntry("ReportsAccepted", 0L)
        .containsEntry("ReportsDuplicate", 0L)
        .containsEntry("ReportsRejected", 1L)
        .containsEntry("Domains", 1L)
        .containsEntry("DomainLimit", 10_000L)
        .containsEntry("DkimMode", "off")
        .containsEntry("StartTime", Date.from(RECEIVED))
        .containsEntry("Version", "1.2.3");
    assertThat(items(values, "RejectionsByReason"))
        .hasSize(RejectionReason.values().length)
        .containsEntry("malformed", 1L)
        .containsEntry("unknown-domain", 0L);
  }

  @Test
  void failureShouldHaveItsBeanUntilItLeaves() throws JMException {
    figures.publish(failing(DomainState.of(DOMAIN), 90, 10));

    FailureAdvice advice =
        FailureGuide.of(FailureKind.CERTIFICATE_EXPIRED)
            .about(DOMAIN, Optional.of("mx.example.com"));
    Map<String, Object> expected =
        new TreeMap<>(
            Map.of(
                "FailedSessions",
                7L,
                "ActiveSessions",
                7L,
                "ActiveSince",
                date("2026-06-01T00:00:00Z"),
                "FirstSeen",
                date("2026-06-01T00:00:00Z"),
                "LastSeen",
                date("2026-06-01T00:00:00Z"),
                "Reporters",
                1L,
                "ReporterNames",
                new String[] {"reporter.example"},
                "ReceivingMx",
                new String[] {"mx.example.com"},
                "Explanation",
                advice.explanation(),
                "Remedy",
                advice.remedy()));
    expected.put("Verdict", "off");
    expected.put("Evidence", new String[] {"not looked at: checks is off"});
    assertThat(values("io.tlsrpt:type=Failure,domain=example.com,resultType=certificate-expired"))
        .usingRecursiveComparison()
        .isEqualTo(expected);
    assertThat(names()).hasSize(5);

    figures.publish(figures.domain(DOMAIN).since(Instant.parse("2026-06-02T00:00:00Z")));
    assertThat(names()).hasSize(3).noneMatch(name -> name.contains("Failure"));
  }

  @Test
  void domainThatIsHiddenShouldLeaveNothing() {
    figures.publish(failing(DomainState.of(DOMAIN), 90, 10));
    exporter.hide(DOMAIN);
    assertThat(names()).containsExactly("io.tlsrpt:type=Receiver");

    figures.publish(failing(DomainState.of(DOMAIN), 1, 0));
    assertThat(exporter.shown()).containsExactly(DOMAIN);
    assertThat(names()).hasSize(3);
  }

  @Test
  void enforceBlockersShouldBeWords() throws JMException {
    figures.publish(failing(DomainState.of(DOMAIN), 90, 10));

    assertThat(
            (String[]) values("io.tlsrpt:type=Breakdown,domain=example.com").get("EnforceBlockers"))
        .contains("the policy mode is enforce, not testing");
  }

  @Test
  void outageOfTheStoreShouldBeShownWithItsReason() throws JMException {
    assertThat(values("io.tlsrpt:type=Receiver"))
        .containsEntry("StoreAvailable", true)
        .containsEntry("StoreError", "");

    figures.storeError.set(Optional.of("its disk is full"));
    assertThat(values("io.tlsrpt:type=Receiver"))
        .containsEntry("StoreAvailable", false)
        .containsEntry("StoreError", "its disk is full");
  }

  @Test
  void everyAttributeShouldBeDescribedReadOnlyAndOfItsDeclaredType() throws JMException {
    figures.publish(failing(DomainState.of(DOMAIN), 90, 10));

    for (ObjectName name : server.queryNames(new ObjectName("io.tlsrpt:*"), null)) {
      MBeanInfo info = server.getMBeanInfo(name);
      assertThat(info.getDescription()).isNotBlank();
      for (MBeanAttributeInfo attribute : info.getAttributes()) {
        assertThat(attribute.getDescription()).as(attribute.getName()).endsWith(".");
        assertThat(attribute.isWritable()).as(attribute.getName()).isFalse();
        Object value = server.getAttribute(name, attribute.getName());
        if (value != null && !(value instanceof CompositeData)) {
          assertThat(value.getClass().getName()).isEqualTo(attribute.getType());
        }
      }
    }
  }

  @Test
  void countsShouldHaveUnits() throws JMException {
    figures.publish(failing(DomainState.of(DOMAIN), 90, 10));

    assertThat(unit("io.tlsrpt:type=Domain,domain=example.com", "FailedSessions"))
        .isEqualTo("sessions");
    assertThat(unit("io.tlsrpt:type=Domain,domain=example.com", "FailureRatio")).isEqualTo("ratio");
    assertThat(unit("io.tlsrpt:type=Receiver", "RejectionsByReason")).isEqualTo("reports");
  }

  @Test
  void beansOfAKindShouldShareTheirInfo() throws JMException {
    figures.publish(failing(DomainState.of(DOMAIN), 1, 0));
    figures.publish(failing(DomainState.of(new DomainName("example.org")), 1, 0));

    assertThat(server.getMBeanInfo(new ObjectName("io.tlsrpt:type=Domain,domain=example.com")))
        .isSameAs(server.getMBeanInfo(new ObjectName("io.tlsrpt:type=Domain,domain=example.org")));
  }

  @Test
  void unknownAttributeShouldBeSaidToBeUnknown() {
    assertThatExceptionOfType(AttributeNotFoundException.class)
        .isThrownBy(() -> server.getAttribute(new ObjectName("io.tlsrpt:type=Receiver"), "Nope"));
  }

  @Test
  void secondReceiverShouldBeRefusedAndLeaveTheFirstAlone() {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(figures::open)
        .withMessageContaining("io.tlsrpt:type=Receiver is registered already");
    assertThat(names()).containsExactly("io.tlsrpt:type=Receiver");
  }

  @Test
  void closeShouldUnregisterEverythingForGood() {
    figures.publish(failing(DomainState.of(DOMAIN), 1, 0));
    assertThat(names()).hasSize(3);

    exporter.close();
    figures.publish(failing(DomainState.of(DOMAIN), 1, 0));
    figures.publish(failing(DomainState.of(new DomainName("example.org")), 1, 0));
    assertThat(names()).isEmpty();
  }

  private List<String> names() {
    try {
      return server.queryNames(new ObjectName("io.tlsrpt:*"), null).stream()
          .map(ObjectName::getCanonicalName)
          .sorted()
          .toList();
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All attributes that are not null. */
  private Map<String, Object> values(String bean) throws JMException {
    ObjectName name = new ObjectName(bean);
    String[] attributes =
        Arrays.stream(server.getMBeanInfo(name).getAttributes())
            .map(MBeanAttributeInfo::getName)
            .toArray(String[]::new);
    AttributeList values = server.getAttributes(name, attributes);
    assertThat(values).hasSameSizeAs(attributes);
    return values.asList().stream()
        .filter(attribute -> attribute.getValue() != null)
        .collect(
            Collectors.toMap(
                javax.management.Attribute::getName,
                javax.management.Attribute::getValue,
                (a, b) -> a,
                TreeMap::new));
  }

  private static Map<String, Object> items(Map<String, Object> values, String attribute) {
    CompositeData data = (CompositeData) values.get(attribute);
    assertThat(data).isNotNull();
    return data.getCompositeType().keySet().stream()
        .collect(Collectors.toMap(item -> item, data::get));
  }

  private Object unit(String bean, String attribute) throws JMException {
    return Arrays.stream(server.getMBeanInfo(new ObjectName(bean)).getAttributes())
        .filter(info -> info.getName().equals(attribute))
        .map(info -> info.getDescriptor().getFieldValue("units"))
        .findFirst()
        .orElseThrow();
  }

  private static Date date(String instant) {
    return Date.from(Instant.parse(instant));
  }

  private DomainState failing(DomainState state, long successful, long failed) {
    return state.plus(
        figures.report(
            state.domain(), successful, failed, failed == 0 ? List.of() : List.of(expired(7))),
        RECEIVED,
        FailureWindow.DEFAULT);
  }
}

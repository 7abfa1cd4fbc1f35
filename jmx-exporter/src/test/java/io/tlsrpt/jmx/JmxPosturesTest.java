// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import static io.tlsrpt.jmx.ShownFigures.expired;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tlsrpt.figures.posture.CheckEvent;
import io.tlsrpt.figures.posture.DomainCheck;
import io.tlsrpt.figures.posture.MxCheck;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanException;
import javax.management.Notification;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is seen of domains and MX hosts, as beans. */
class JmxPosturesTest {
  private final ShownFigures figures = new ShownFigures();
  private final ObjectName posture = ObjectNames.posture(ShownFigures.DOMAIN);
  private final ObjectName host = ObjectNames.mxHost(SamplePostures.MX);

  @BeforeEach
  void show() {
    figures.postures.showIn(figures.exporter.postures());
  }

  @AfterEach
  void close() {
    figures.close();
  }

  @Test
  void postureShouldSayHowItsChecksStand() throws JMException {
    assertThat(value(posture, "MtaSts")).isEqualTo("ok");
    assertThat(value(posture, "MtaStsOk")).isEqualTo(true);
    assertThat(value(posture, "Dane")).isEqualTo("absent");
    assertThat(value(posture, "DaneOk")).as("nothing can be said").isNull();
    assertThat(value(posture, "PublishedMode")).isEqualTo("enforce");
    assertThat(value(posture, "PublishedMaxAge")).isEqualTo(604_800L);
    assertThat((String[]) value(posture, "MxHosts"))
        .containsExactly("10 mx.example.com: certificate failing");
    assertThat(value(posture, "LastCheck")).isEqualTo(Date.from(SamplePostures.LOOKED));
  }

  @Test
  void hostShouldSayWhatIsWrong() throws JMException {
    assertThat(value(host, "Problems")).isEqualTo(1L);
    assertThat(value(host, "CertificateOk")).isEqualTo(false);
    assertThat((String[]) value(host, "Findings"))
        .containsExactly("certificate: [192.0.2.25] it ended on 2026-06-01");
  }

  @Test
  void failureShouldHaveAVerdict() throws JMException {
    figures.receive(figures.report(ShownFigures.DOMAIN, 90, 10, List.of(expired(7))));
    ObjectName failure =
        new ObjectName("io.tlsrpt:type=Failure,domain=example.com,resultType=certificate-expired");

    assertThat(value(failure, "Verdict")).isEqualTo("confirmed");
    assertThat((String[]) value(failure, "Evidence"))
        .containsExactly(
            "confirmed 2 Jun 2026 14:30 UTC: mx.example.com: [192.0.2.25] it ended on 2026-06-01");
    assertThat((String) figures.server.invoke(failure, "explain", null, null))
        .startsWith("confirmed 2 Jun 2026 14:30 UTC");
  }

  @Test
  void receiverShouldCountDomainsByProblem() throws JMException {
    ObjectName receiver = ObjectNames.receiver();

    assertThat((String[]) value(receiver, "Checks")).containsExactly("dns", "policy", "own-mx");
    assertThat(((CompositeData) value(receiver, "DomainsByProblem")).get("mx")).isEqualTo(0L);
    assertThat(value(receiver, "ResolverValidates")).isNull();
    assertThatThrownBy(
            () ->
                figures.server.invoke(
                    receiver,
                    "problems",
                    new Object[] {"nothing"},
                    new String[] {String.class.getName()}))
        .isInstanceOf(MBeanException.class)
        .hasMessageContaining("tlsrpt-record, mta-sts, mx, dane, drift");
  }

  @Test
  void checkShouldLookOnceAndThenRefuse() throws JMException {
    assertThat((String) figures.server.invoke(posture, "check", null, null))
        .contains("example.com, looked at 2 Jun 2026 14:30 UTC", "mta-sts: ok");
    assertThatThrownBy(() -> figures.server.invoke(posture, "check", null, null))
        .isInstanceOf(MBeanException.class)
        .hasMessageContaining("less than a minute ago");
  }

  @Test
  void eventShouldBeANotificationOfTheReceiver() throws JMException {
    List<Notification> heard = new ArrayList<>();
    figures.server.addNotificationListener(
        ObjectNames.receiver(), (notification, handback) -> heard.add(notification), null, null);

    figures
        .exporter
        .postures()
        .tell(
            new CheckEvent(
                SamplePostures.MX, MxCheck.CERTIFICATE, true, "it ended", SamplePostures.LOOKED));
    figures
        .exporter
        .postures()
        .tell(
            new CheckEvent(
                "example.com", DomainCheck.MX, false, "not covered", SamplePostures.LOOKED));

    assertThat(heard)
        .extracting(Notification::getType, Notification::getMessage)
        .containsExactly(
            tuple("io.tlsrpt.check.failing", "mx.example.com: certificate is failing: it ended"),
            tuple(
                "io.tlsrpt.check.passed",
                "example.com: mx has passed; it was failing: not covered"));
    assertThat(heard.getFirst().getSource()).isEqualTo(host);
  }

  @Test
  void beansShouldGoWithTheirSubjects() {
    figures.exporter.postures().gone(ShownFigures.DOMAIN);
    figures.exporter.postures().goneHost(SamplePostures.MX);

    assertThat(figures.server.isRegistered(posture)).isFalse();
    assertThat(figures.server.isRegistered(host)).isFalse();
  }

  @Test
  void nothingShouldBeLeftAfterTheEnd() {
    figures.exporter.close();
    figures.postures.showIn(figures.exporter.postures());

    assertThat(figures.server.queryNames(null, null))
        .noneMatch(name -> name.getDomain().equals(ObjectNames.JMX_DOMAIN));
  }

  private Object value(ObjectName name, String attribute) throws JMException {
    return figures.server.getAttribute(name, attribute);
  }
}

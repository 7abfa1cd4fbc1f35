// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import org.apache.commons.configuration2.BaseConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookReturnCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequireTlsTest {
  private static final String RUA = "tlsrpt@example.com";

  @Test
  void clearTextShouldBeRefused() throws Exception {
    HookResult result = rcpt(RUA, "user@example.com", false, false);

    assertThat(result.getResult()).isEqualTo(HookReturnCode.deny());
    assertThat(result.getSmtpRetCode()).isEqualTo("530");
    assertThat(result.getSmtpDescription()).startsWith("5.7.0 ");
  }

  @ParameterizedTest
  @CsvSource({"true, false", "false, true"})
  void tlsAndClientsThatMayRelayShouldPass(boolean tls, boolean relaying) throws Exception {
    assertThat(rcpt(RUA, "user@example.com", tls, relaying)).isEqualTo(HookResult.DECLINED);
  }

  @ParameterizedTest
  @ValueSource(strings = {RUA, "TLSRPT@Example.COM", "b@example.org", "c@example.org"})
  void exceptionsShouldPass(String recipient) throws Exception {
    assertThat(rcpt(RUA + ", b@example.org,c@example.org", recipient, false, false))
        .isEqualTo(HookResult.DECLINED);
  }

  @Test
  void onlyTheAddressItselfShouldBeAnException() throws Exception {
    for (String other : new String[] {"xtlsrpt@example.com", "tlsrpt@sub.example.com"}) {
      assertThat(rcpt(RUA, other, false, false)).as(other).isNotEqualTo(HookResult.DECLINED);
    }
  }

  @Test
  void severalElementsShouldBeRead() throws Exception {
    BaseConfiguration config = new BaseConfiguration();
    config.addProperty("except", RUA);
    config.addProperty("except", "b@example.org");
    RequireTls hook = new RequireTls();
    hook.init(config);

    for (String address : new String[] {RUA, "b@example.org"}) {
      assertThat(hook.doRcpt(session(false, false), MaybeSender.nullSender(), at(address)))
          .isEqualTo(HookResult.DECLINED);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|except=: without it reports",
        "' , '|except=: without it reports",
        "no address|except=no address: that is no address. Allowed:",
        "a@example.com, b@|except=b@: that is no address. Allowed:",
      })
  void badExceptionShouldBeNamed(String written, String message) {
    BaseConfiguration config = new BaseConfiguration();
    config.addProperty("except", written);

    assertThatThrownBy(() -> new RequireTls().init(config))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(message);
  }

  @Test
  void lackOfExceptionsShouldBeTold() {
    assertThatThrownBy(() -> new RequireTls().init(new BaseConfiguration()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("rua");
  }

  private static HookResult rcpt(String except, String recipient, boolean tls, boolean relaying)
      throws Exception {
    BaseConfiguration config = new BaseConfiguration();
    config.addProperty("except", except);
    RequireTls hook = new RequireTls();
    hook.init(config);
    return hook.doRcpt(session(tls, relaying), MaybeSender.nullSender(), at(recipient));
  }

  private static MailAddress at(String address) throws Exception {
    return new MailAddress(address);
  }

  private static SMTPSession session(boolean tls, boolean relaying) {
    return (SMTPSession)
        Proxy.newProxyInstance(
            SMTPSession.class.getClassLoader(),
            new Class<?>[] {SMTPSession.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "isTLSStarted" -> tls;
                  case "isRelayingAllowed" -> relaying;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}

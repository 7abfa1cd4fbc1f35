// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import jakarta.mail.internet.AddressException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.configuration2.Configuration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.api.handler.ProtocolHandler;
import org.apache.james.protocols.smtp.SMTPRetCode;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.dsn.DSNStatus;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookReturnCode;
import org.apache.james.protocols.smtp.hook.RcptHook;

/**
 * An optional hook of James' SMTP server, for {@code smtpserver.xml}. It refuses recipients with
 * 530 until the client has begun TLS (RFC 3207 §4), but for those in {@code except}: a reporter may
 * deliver in clear text, since it reports that TLS does not work (RFC 8460 §3). Clients that may
 * relay are left alone. May be used by many threads at once.
 */
public class RequireTls implements RcptHook, ProtocolHandler {
  private static final HookResult REFUSED =
      HookResult.builder()
          .hookReturnCode(HookReturnCode.deny())
          .smtpReturnCode(SMTPRetCode.AUTH_REQUIRED)
          .smtpDescription(
              DSNStatus.getStatus(DSNStatus.PERMANENT, DSNStatus.SECURITY_OTHER)
                  + " Must issue a STARTTLS command first")
          .build();

  private Set<String> exceptions = Set.of();

  /**
   * Reads the addresses of {@code except}.
   *
   * @throws ConfigurationException if there are none, or one is no address
   */
  @Override
  public void init(Configuration config) throws ConfigurationException {
    Set<String> read = new LinkedHashSet<>();
    for (String address : addresses(config)) {
      read.add(key(parse(address)));
    }
    if (read.isEmpty()) {
      throw bad("", "without it reports of TLS trouble would be refused");
    }
    exceptions = Set.copyOf(read);
  }

  /** With commas between them, or in several elements. */
  private static Iterable<String> addresses(Configuration config) {
    return Arrays.stream(config.getStringArray("except"))
        .flatMap(written -> Arrays.stream(written.split(",", -1)))
        .map(String::strip)
        .filter(address -> !address.isEmpty())
        .toList();
  }

  private static MailAddress parse(String address) throws ConfigurationException {
    try {
      return new MailAddress(address);
    } catch (AddressException e) {
      throw bad(address, "that is no address");
    }
  }

  private static ConfigurationException bad(String value, String why) {
    return new ConfigurationException(
        "RequireTls: except=%s: %s. Allowed: the rua addresses of your TLS-RPT records, such as tlsrpt@example.com, with commas between them"
            .formatted(value, why));
  }

  private static String key(MailAddress address) {
    return address.asString().toLowerCase(Locale.ROOT);
  }

  @Override
  public HookResult doRcpt(SMTPSession session, MaybeSender sender, MailAddress recipient) {
    return session.isTLSStarted()
            || session.isRelayingAllowed()
            || exceptions.contains(key(recipient))
        ? HookResult.DECLINED
        : REFUSED;
  }
}

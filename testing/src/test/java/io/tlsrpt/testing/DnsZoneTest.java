// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.testing.DnsServer.Mood;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

class DnsZoneTest {
  private static final String KEY = "key._domainkey.mail.reporter.example";
  private static final Duration DELAY = Duration.ofMillis(80);

  private final DnsServer dns = DnsServer.start();

  @AfterEach
  void stop() {
    dns.close();
  }

  @Test
  void zoneShouldAnswerWhileAllOthersFail() throws Exception {
    dns.serveText(KEY, "p=");
    dns.serveText("key.other.example", "p=");
    dns.zone("Reporter.example");
    dns.setMood(Mood.SERVFAIL);

    assertThat(asked(KEY)).isEqualTo(Lookup.SUCCESSFUL);
    assertThat(asked("gone.reporter.example")).isEqualTo(Lookup.HOST_NOT_FOUND);
    assertThat(asked("key.other.example")).isEqualTo(Lookup.TRY_AGAIN);
    assertThat(dns.zone("reporter.example.").queries()).isEqualTo(2);
    assertThat(dns.queries()).isGreaterThan(2);
  }

  @Test
  void zoneShouldFailWhileAllOthersAnswer() throws Exception {
    dns.serveText(KEY, "p=");
    dns.serveText("key.notreporter.example", "p=");
    dns.zone("reporter.example").setMood(Mood.SILENT);

    assertThat(asked(KEY)).isEqualTo(Lookup.TRY_AGAIN);
    assertThat(asked("key.notreporter.example")).isEqualTo(Lookup.SUCCESSFUL);
  }

  @Test
  void nearerZoneShouldCount() throws Exception {
    dns.serveText(KEY, "p=");
    dns.zone("reporter.example").setMood(Mood.SERVFAIL);
    dns.zone("mail.reporter.example").setDelay(DELAY);

    long start = System.nanoTime();
    assertThat(asked(KEY)).isEqualTo(Lookup.SUCCESSFUL);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(DELAY);
    assertThat(asked("reporter.example")).isEqualTo(Lookup.TRY_AGAIN);
  }

  private int asked(String name) throws TextParseException {
    SimpleResolver resolver =
        new SimpleResolver(new InetSocketAddress(InetAddress.getLoopbackAddress(), dns.port()));
    resolver.setTimeout(Duration.ofSeconds(1));
    Lookup lookup = new Lookup(name + ".", Type.TXT);
    lookup.setCache(null);
    lookup.setResolver(resolver);
    lookup.run();
    return lookup.getResult();
  }
}

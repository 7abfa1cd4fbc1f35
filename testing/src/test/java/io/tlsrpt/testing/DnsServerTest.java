// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

class DnsServerTest {
  private final DnsServer dns = DnsServer.start();

  @AfterEach
  void stop() {
    dns.close();
  }

  @Test
  void recordsShouldBeServedByNameAndType() throws Exception {
    dns.serve("Example.com", Type.MX, "10 mx1.example.com.", "20 mx2.example.com.");
    dns.serve("mx1.example.com", Type.A, "192.0.2.1");
    dns.serve("mx1.example.com", Type.AAAA, "2001:db8::1");
    dns.serve("_25._tcp.mx1.example.com", Type.TLSA, "3 1 1 " + "ab".repeat(32));
    dns.serveTexts("example.com", "one", "t".repeat(400));

    assertThat(data(asked("example.com", Type.MX)))
        .containsExactly("10 mx1.example.com.", "20 mx2.example.com.");
    assertThat(data(asked("MX1.example.com", Type.A))).containsExactly("192.0.2.1");
    assertThat(data(asked("mx1.example.com", Type.AAAA))).containsExactly("2001:db8:0:0:0:0:0:1");
    assertThat(data(asked("_25._tcp.mx1.example.com", Type.TLSA))).hasSize(1);
    assertThat(data(asked("example.com", Type.TXT)))
        .containsExactly("\"one\"", "\"" + "t".repeat(200) + "\" \"" + "t".repeat(200) + "\"");
    assertThat(dns.queries(Type.MX)).isEqualTo(1);
    assertThat(dns.queries(Type.NS)).isZero();
    assertThat(dns.queries()).isEqualTo(5);
  }

  @Test
  void laterRecordsShouldReplaceThoseOfTheirTypeOnly() throws Exception {
    dns.serve("mx.example.com", Type.A, "192.0.2.1");
    dns.serve("mx.example.com", Type.AAAA, "2001:db8::1");
    dns.serve("mx.example.com", Type.A, "192.0.2.2");

    assertThat(data(asked("mx.example.com", Type.A))).containsExactly("192.0.2.2");
    assertThat(data(asked("mx.example.com", Type.AAAA))).hasSize(1);

    dns.serve("mx.example.com", Type.A);

    assertThat(asked("mx.example.com", Type.A).getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(asked("mx.example.com", Type.A).getSection(Section.ANSWER)).isEmpty();

    dns.forget("mx.example.com");

    assertThat(asked("mx.example.com", Type.AAAA).getRcode()).isEqualTo(Rcode.NXDOMAIN);
  }

  @Test
  void aliasShouldBeFollowed() throws Exception {
    dns.serve("a.example.com", Type.CNAME, "b.example.net.");
    dns.serve("b.example.net", Type.CNAME, "c.example.net.");
    dns.serve("c.example.net", Type.A, "192.0.2.1");

    assertThat(data(asked("a.example.com", Type.A)))
        .containsExactly("b.example.net.", "c.example.net.", "192.0.2.1");
    assertThat(data(asked("a.example.com", Type.CNAME))).containsExactly("b.example.net.");

    dns.forget("c.example.net");

    assertThat(asked("a.example.com", Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
  }

  @Test
  void zoneShouldBeSecureIfAllOnTheWayAre() throws Exception {
    dns.zone("example.com").setSecure(true);
    dns.serve("a.example.com", Type.A, "192.0.2.1");
    dns.serve("b.example.com", Type.CNAME, "b.example.net.");
    dns.serve("b.example.net", Type.A, "192.0.2.1");

    assertThat(isAuthentic(asked("a.example.com", Type.A))).isTrue();
    assertThat(isAuthentic(asked("none.example.com", Type.A))).isTrue();
    assertThat(isAuthentic(asked("b.example.com", Type.A))).isFalse();
    assertThat(isAuthentic(asked("b.example.net", Type.A))).isFalse();

    dns.setSecure(true);

    assertThat(isAuthentic(asked("b.example.com", Type.A))).isTrue();
  }

  @Test
  void bogusZoneShouldAnswerOnlyWhoWantsNoValidation() throws Exception {
    dns.serve("mx.example.com", Type.A, "192.0.2.1");
    dns.zone("example.com").setBogus(7, "since yesterday");

    Message refused = asked("mx.example.com", Type.A);

    assertThat(refused.getRcode()).isEqualTo(Rcode.SERVFAIL);
    assertThat(refused.getOPT().getOptions())
        .containsExactly(new ExtendedErrorCodeOption(7, "since yesterday"));
    assertThat(data(asked("mx.example.com", Type.A, Flags.CD))).containsExactly("192.0.2.1");
  }

  private static boolean isAuthentic(Message answer) {
    return answer.getHeader().getFlag(Flags.AD);
  }

  private static List<String> data(Message answer) {
    return answer.getSection(Section.ANSWER).stream().map(Record::rdataToString).toList();
  }

  private Message asked(String name, int type, int... flags) throws IOException {
    Message query =
        Message.newQuery(Record.newRecord(Name.fromString(name + "."), type, DClass.IN));
    for (int flag : flags) {
      query.getHeader().setFlag(flag);
    }
    query.addRecord(new OPTRecord(1232, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
    return new SimpleResolver(new InetSocketAddress(InetAddress.getLoopbackAddress(), dns.port()))
        .send(query);
  }
}

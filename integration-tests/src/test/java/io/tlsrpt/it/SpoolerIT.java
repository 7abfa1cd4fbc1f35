// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.it.ReportMail.Form;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * In James 3.8 an Error that leaves a mailet takes a spooler thread for good: with two threads, the
 * third mail of the kind would be the last that James ever handles.
 */
class SpoolerIT {
  private static final String RUA = "tlsrpt@example.com";
  private static final int EACH = 4;

  @Test
  void errorsShouldLeaveAllSpoolerThreadsAlive() throws IOException {
    Path jar = BreakingJar.make(Build.jarForJames38(), Build.directory("breaking-jar"));
    JamesHome home = JamesHome.create(Build.directory("james-spooler"), Ports.free(), jar);
    home.edit("mailetcontainer.xml", "<!-- <dkim>required</dkim> -->", "<dkim>off</dkim>");
    home.edit("mailetcontainer.xml", "<threads>20</threads>", "<threads>2</threads>");
    try (JamesServer james = JamesServer.start(home);
        JmxClient jmx = james.jmx()) {
      Administrator administrator = new Administrator(jmx);
      administrator.addDomain("example.com");
      administrator.addUser(RUA, "secret");
      for (int i = 0; i < EACH; i++) {
        send(james, "stack");
        send(james, "linkage");
      }
      send(james, "harmless");
      send(james, "harmless");
      administrator.awaitReports(2 * EACH + 2);

      assertThat(jmx.counts("io.tlsrpt:type=Receiver", "RejectionsByReason"))
          .isEqualTo(Map.of("limit", (long) EACH, "internal", (long) EACH, "malformed", 2L));
      new ImapClient(james.ports().imap(), RUA, "secret").await(2 * EACH + 2);
      assertThat(jmx.text("io.tlsrpt:type=Receiver", "DkimMode")).isEqualTo("off");
      assertThat(james.log())
          .contains("dkim=off: every TLS report counts, whoever sent it")
          .contains("StackOverflowError")
          .contains("NoSuchMethodError");
    }
  }

  private static void send(JamesServer james, String body) {
    String mail =
        new ReportMail("reporter.example", "example.com")
            .of(Form.ALONE_JSON, body.getBytes(StandardCharsets.UTF_8));
    new SmtpClient(james.ports().smtp()).send("tls-reports@reporter.example", RUA, mail);
  }
}

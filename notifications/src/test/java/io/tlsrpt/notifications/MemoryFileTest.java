// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.event.FirstReport;
import io.tlsrpt.figures.event.MailLoss;
import io.tlsrpt.figures.event.ModeChange;
import io.tlsrpt.figures.event.Transition;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.MtaStsMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryFileTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-11-25");
  private static final Instant NOW = Instant.parse("2026-11-25T09:00:00Z");
  private static final DomainName DOMAIN = new DomainName("example.com");

  private static final List<Notice> ALL =
      List.of(
          new Notice.OfDomain(
              new Transition(DOMAIN, FailureKind.TLSA_INVALID, Transition.Change.STARTED, NOW)),
          new Notice.OfDomain(new MailLoss(DOMAIN, true, NOW)),
          new Notice.OfDomain(new ModeChange(DOMAIN, MtaStsMode.TESTING, MtaStsMode.ENFORCE, NOW)),
          new Notice.OfDomain(new FirstReport(DOMAIN, NOW)),
          new Notice.OfReceiver(Trouble.STORE, true, NOW));

  @TempDir Path directory;

  @Test
  void memoryShouldComeBackAsItWas() {
    Memory memory = Memory.empty(TODAY);
    ALL.forEach(memory::add);
    memory.setMails(TODAY, 7);
    memory.setRoundDay(TODAY.minusDays(1));
    memory.setDigestDay(TODAY.minusDays(2));
    memory.troubles().add(Trouble.WAITING);
    memory.putThread("certificate-expired.example.com", "a.b@example.com");
    memory.putLoss(DOMAIN, NOW);
    memory.putSent("a.b@example.com");
    MemoryFile file = new MemoryFile(directory.resolve("new/notifications"));
    file.write(memory);
    Memory read = file.read(TODAY);

    assertThat(read.pending()).isEqualTo(ALL);
    assertThat(read.mailsOf(TODAY)).isEqualTo(7);
    assertThat(read.mailsOf(TODAY.plusDays(1))).isZero();
    assertThat(read.roundDay()).isEqualTo(TODAY.minusDays(1));
    assertThat(read.digestDay()).contains(TODAY.minusDays(2));
    assertThat(read.troubles()).containsExactly(Trouble.WAITING);
    assertThat(read.threads()).isEqualTo(memory.threads());
    assertThat(read.losses()).isEqualTo(memory.losses());
    assertThat(read.isUsed("a.b@example.com")).isTrue();
  }

  @Test
  void linesThatCannotBeReadShouldBeLeftOut() throws IOException {
    Path file = directory.resolve("notifications");
    Files.writeString(
        file,
        """
        mails 2026-11-25
        mails 2026-11-25 many
        round yesterday

        trouble none
        thread name <script>@
        thread name a@b>c
        pending
        pending 2026-11-25T09:00:00Z - STORE true
        pending 2026-11-25T09:00:00Z example.com LOSS
        pending 2026-11-25T09:00:00Z ..bad.. FIRST
        later 1 2 3
        mails 2026-11-25 3
        """);
    Memory memory = new MemoryFile(file).read(TODAY);

    assertThat(memory.pending()).containsExactly(new Notice.OfReceiver(Trouble.STORE, true, NOW));
    assertThat(memory.threads()).isEmpty();
    assertThat(memory.mailsOf(TODAY)).isEqualTo(3);
    assertThat(memory.roundDay()).isEqualTo(TODAY);
  }

  @Test
  void fileThatIsNoTextShouldBeForgotten() throws IOException {
    Path file = directory.resolve("notifications");
    Files.write(file, "\0\1\2\u00ff pending".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(new MemoryFile(file).read(TODAY).pending()).isEmpty();
  }

  @Test
  void memoryShouldBeBounded() {
    Memory memory = Memory.empty(TODAY);
    for (int i = 0; i < 20_000; i++) {
      DomainName domain = new DomainName("d" + i + ".example");
      memory.add(new Notice.OfDomain(new FirstReport(domain, NOW)));
      memory.putThread("name" + i, "id" + i + "@example.com");
      memory.putLoss(domain, NOW);
      memory.putSent("id" + i + "@example.com");
    }

    assertThat(memory.pending()).hasSize(10_000);
    assertThat(memory.threads()).hasSize(2_000);
    assertThat(memory.losses()).hasSize(10_000);
    assertThat(memory.sent()).hasSize(300);
  }
}

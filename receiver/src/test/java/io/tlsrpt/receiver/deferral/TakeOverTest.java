// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.deferral;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.receiver.DeferralReason;
import io.tlsrpt.report.DomainName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The look at the start concerns the own directory only; the next one is a look at all. */
class TakeOverTest {
  private static final Instant NOW = Instant.parse("2026-06-02T15:00:00Z");

  @TempDir Path root;

  private final DeferralIndex waiting = new DeferralIndex();
  private final List<String> takenOver = new ArrayList<>();
  private final List<DeferralDirectory> open = new ArrayList<>();

  @AfterEach
  void close() {
    open.forEach(DeferralDirectory::close);
  }

  @Test
  void mailsOfAServerThatIsGoneShouldBeTakenOver() throws Exception {
    Path gone = root.resolve("one");
    leave(gone, "a", "b");

    lookTwice(root.resolve("two"));
    assertThat(takenOver).containsExactlyInAnyOrder("a", "b");
    assertThat(mails(gone)).isZero();
    assertThat(mails(root.resolve("two"))).isEqualTo(2);
    assertThat(waiting.holds(digest("a"))).isTrue();
  }

  @Test
  void mailsOfAServerThatRunsShouldStay() throws Exception {
    Path running = root.resolve("one");
    leave(running, "a");
    assertThat(directory(running).acquire()).isTrue();

    lookTwice(root.resolve("two"));
    assertThat(takenOver).isEmpty();
    assertThat(mails(running)).isEqualTo(1);
  }

  @Test
  void mailsLeftBeforeServersSharedADatabaseShouldBeTakenOver() throws Exception {
    leave(root, "a");

    lookTwice(root.resolve("one"));
    assertThat(takenOver).containsExactly("a");
    assertThat(mails(root)).isZero();
  }

  @Test
  void mailsLeftWhileServersSharedADatabaseShouldBeTakenOver() throws Exception {
    leave(root.resolve("one"), "a");

    lookTwice(root);
    assertThat(takenOver).containsExactly("a");
    assertThat(mails(root)).isEqualTo(1);
  }

  @Test
  void ownMailsShouldBeTakenOverOnceThoughTheirDirectoryHasTwoNames() throws Exception {
    Path own = root.resolve("one");
    leave(own, "a");
    Files.createSymbolicLink(root.resolve("other-name"), own);

    lookTwice(own);
    assertThat(takenOver).containsExactly("a");
    assertThat(mails(own)).isEqualTo(1);
    assertThat(directory(own).acquire()).as("still locked").isFalse();
  }

  @Test
  void mailThatWaitsHereTooShouldCountOnce() throws Exception {
    Path gone = root.resolve("one");
    Path own = root.resolve("two");
    leave(gone, "a");
    leave(own, "a");

    lookTwice(own);
    assertThat(takenOver).containsExactly("a");
    assertThat(mails(gone)).isZero();
    assertThat(mails(own)).isEqualTo(1);
  }

  @Test
  void mailsWithoutAPlaceShouldStayUntilThereIsOne() throws Exception {
    Path gone = root.resolve("one");
    Path own = root.resolve("two");
    // 20 mails that nobody vouches for may wait.
    for (int i = 0; i < 21; i++) {
      leave(gone, "mail-" + i);
    }
    TakeOver takeOver = takeOver(own);
    lookTwice(takeOver);
    assertThat(takenOver).hasSize(20);
    assertThat(mails(gone)).isEqualTo(1);

    waiting.remove(digest(takenOver.getFirst()));
    for (int i = 0; i < 30; i++) {
      takeOver.look();
    }
    assertThat(takenOver).hasSize(21).doesNotHaveDuplicates();
    assertThat(mails(gone)).isZero();
  }

  @Test
  void damagedMailShouldBeSetAsideWhereItIs() throws Exception {
    Path gone = root.resolve("one");
    leave(gone, "a", "b");
    Files.writeString(gone.resolve(digest("a").hex() + ".mail"), "nonsense");

    lookTwice(root.resolve("two"));
    assertThat(takenOver).containsExactly("b");
    assertThat(gone.resolve(digest("a").hex() + ".broken")).exists();
  }

  @Test
  void whatIsNoMailOfOursShouldStay() throws Exception {
    Path other = Files.createDirectories(root.resolve("other"));
    Files.writeString(other.resolve("letter.mail"), "Dear all");

    lookTwice(root.resolve("one"));
    assertThat(takenOver).isEmpty();
    assertThat(other.resolve("letter.mail")).hasContent("Dear all");
  }

  private void lookTwice(Path own) {
    lookTwice(takeOver(own));
  }

  private static void lookTwice(TakeOver takeOver) {
    takeOver.look();
    takeOver.look();
  }

  private TakeOver takeOver(Path own) {
    RetryHandler retry =
        new RetryHandler() {
          @Override
          public Result judge(DeferredMail deferred, byte[] bytes, int tries, int failures) {
            throw new AssertionError("judged");
          }

          @Override
          public void takenOver(DeferredMail deferred) {
            takenOver.add(deferred.mailName());
          }

          @Override
          public void lost(DeferredMail deferred) {
            throw new AssertionError("lost");
          }

          @Override
          public void gaveWay(DeferredMail deferred) {
            throw new AssertionError("gave way");
          }
        };
    return new TakeOver(root, directory(own), waiting, retry, () -> NOW, new Object());
  }

  private DeferralDirectory directory(Path path) {
    DeferralDirectory directory = new DeferralDirectory(path);
    open.add(directory);
    return directory;
  }

  /** Leaves mails as a server does that ends. */
  private static void leave(Path path, String... names) throws IOException {
    DeferralDirectory directory = new DeferralDirectory(path);
    for (String name : names) {
      byte[] mail = mail(name);
      DeferredMail deferred =
          new DeferredMail(
              name,
              NOW,
              DeferralReason.DNS,
              Optional.empty(),
              new DomainName("reporter.example"),
              Claim.UNANSWERED,
              Optional.empty());
      try (DeferralDirectory.Unfinished file =
          directory.begin(digest(name), deferred, mail, mail.length)) {
        file.finish();
      }
    }
  }

  private static byte[] mail(String name) {
    return ("Subject: " + name + "\r\n\r\n").getBytes(UTF_8);
  }

  private static MailDigest digest(String name) {
    return MailDigest.of(mail(name), mail(name).length);
  }

  private static long mails(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".mail")).count();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.deferral;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over the mails that other processes have left: those in this server's own directory, from
 * its last run, and those in the directories of servers that are gone. For one thread at a time.
 */
final class TakeOver {
  private static final Logger LOGGER = LoggerFactory.getLogger(TakeOver.class);

  /** Looks between two for directories of servers that are gone: a minute. */
  private static final int LOOKS_OF_A_ROUND = 30;

  private final Path root;
  private final DeferralDirectory own;
  private final DeferralIndex waiting;
  private final RetryHandler retry;
  private final InstantSource clock;
  private final Object change;

  private int looks;

  /** Whether all mails of the last run have been taken over. */
  private boolean isDone;

  /** What has been logged about mails that could not be taken over; each cause is logged once. */
  private final Set<String> told = new HashSet<>();

  /**
   * Takes over mails into the directory and the index of a queue.
   *
   * @param root has the directories of all servers in it, and may be one itself
   * @param change the lock under which a file, its place and its count change together
   */
  TakeOver(
      Path root,
      DeferralDirectory own,
      DeferralIndex waiting,
      RetryHandler retry,
      InstantSource clock,
      Object change) {
    this.root = root;
    this.own = own;
    this.waiting = waiting;
    this.retry = retry;
    this.clock = clock;
    this.change = change;
  }

  /** Takes over what can be taken over now. */
  void look() {
    if (!isDone) {
      takeOwn();
    }
    if (looks % LOOKS_OF_A_ROUND == 1) {
      adopt();
    }
    looks++;
  }

  /**
   * The process of the last run may still be ending, or another server may just be adopting what it
   * left: either has the directory for a moment. It is an error only if that lasts.
   */
  private void takeOwn() {
    try {
      if (own.acquire()) {
        synchronized (change) {
          boolean all = true;
          for (MailDigest digest : own.mails()) {
            all &= waiting.holds(digest) || take(digest);
          }
          isDone = all;
        }
      } else if (looks > 0 && told.add("another process")) {
        LOGGER.error(
            "Another process uses {}: until it ends, this server leaves the mails there alone and"
                + " cannot let a mail wait. Each server needs a directory of its own.",
            own);
      }
    } catch (IOException e) {
      tellOnce(own.toString(), e);
    }
  }

  private void tellOnce(String where, IOException e) {
    if (told.add(where)) {
      LOGGER.error("Deferred mails in {} cannot be taken over", where, e);
    }
  }

  /** Takes over a mail of the own directory; false if it must be tried again later. */
  private boolean take(MailDigest digest) {
    Instant now = clock.instant();
    try {
      DeferredMail deferred = own.readDeferredMail(digest).notAfter(now);
      waiting.add(digest, deferred, own.size(digest), now);
      retry.takenOver(deferred);
    } catch (BrokenFileException e) {
      own.setAside(digest, e);
    } catch (IOException | RuntimeException e) {
      if (told.add(digest.hex())) {
        LOGGER.error("Deferred mail {} in {} cannot be read", digest.hex(), own, e);
      }
      return false;
    }
    return true;
  }

  /**
   * Takes over what servers have left that are gone. Servers that share a database can have their
   * directories on a volume that all of them reach.
   */
  private void adopt() {
    try {
      if (own.acquire()) {
        for (Path directory : directories()) {
          if (!own.isAt(directory)) {
            adoptFrom(new DeferralDirectory(directory));
          }
        }
      }
    } catch (IOException e) {
      tellOnce(root + " and below", e);
    }
  }

  /** The directories that a server may have used, this one's among them. */
  private List<Path> directories() throws IOException {
    try (Stream<Path> inRoot = Files.list(root)) {
      return Stream.concat(Stream.of(root), inRoot.filter(Files::isDirectory)).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Nobody else has the directory meanwhile, as it is locked; that of a server in use stays. */
  private void adoptFrom(DeferralDirectory left) {
    int adopted = 0;
    try (left) {
      if (left.hasMails() && left.acquire()) {
        for (MailDigest digest : left.mails()) {
          adopted += adopt(digest, left) ? 1 : 0;
        }
      }
    } catch (IOException e) {
      tellOnce(left.toString(), e);
    }
    if (adopted > 0) {
      LOGGER.info("{} deferred mails taken over from {}: its server is gone", adopted, left);
    }
  }

  /** Takes over a mail if there is a place for it; whether it did. A later round tries again. */
  private boolean adopt(MailDigest digest, DeferralDirectory left) throws IOException {
    try {
      DeferredMail deferred = left.readDeferredMail(digest);
      synchronized (change) {
        if (waiting.holds(digest)) {
          left.delete(digest);
          return false;
        }
        return waiting.place(deferred, left.size(digest)) instanceof Place.Free(var givingWay)
            && givingWay.isEmpty()
            && moveAndTake(digest, left);
      }
    } catch (BrokenFileException e) {
      left.setAside(digest, e);
      return false;
    }
  }

  private boolean moveAndTake(MailDigest digest, DeferralDirectory left) throws IOException {
    left.move(digest, own);
    boolean taken = take(digest);
    isDone &= taken;
    return taken;
  }
}

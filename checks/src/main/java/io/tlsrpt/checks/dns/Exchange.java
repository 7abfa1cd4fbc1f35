// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.dns;

import io.tlsrpt.report.PlainText;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * One question and what came back, within a deadline that starts with its creation and holds for
 * its repetition, too: James' resolver takes 20 seconds for a dead server.
 *
 * <p>The thread that asks waits itself, without the lines of {@code io.tlsrpt.dns}: strangers'
 * mails cause no question here, and looks are few at a time. A question that is given up goes on in
 * dnsjava, which holds no thread for it and ends it by its own timeouts; so as many can be open as
 * looks began within these.
 */
final class Exchange {
  /** Of an answer by UDP: fits into one packet everywhere. */
  private static final int MAX_PACKET = 1_232;

  private static final int MAX_WORDS = 160;

  private final Name name;
  private final int type;
  private final Duration limit;
  private final long start = System.nanoTime();

  Exchange(Name name, int type, Duration limit) {
    this.name = name;
    this.type = type;
    this.limit = limit;
  }

  /** What came back. */
  sealed interface Reply {
    /** An answer, if need be that the resolver failed. */
    record Got(Message message) implements Reply {}

    /** None; the words are safe to show. */
    record Nothing(String why) implements Reply {}
  }

  /** What the resolver says. */
  Reply ask() {
    return send(query());
  }

  /** What the resolver says if it is not to validate. */
  Reply askWithoutValidation() {
    Message query = query();
    query.getHeader().setFlag(Flags.CD);
    return send(query);
  }

  /** AD asks for the flag itself; systemd-resolved gives it only with DO. */
  private Message query() {
    Message query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
    query.getHeader().setFlag(Flags.AD);
    query.addRecord(new OPTRecord(MAX_PACKET, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
    return query;
  }

  private Reply send(Message query) {
    CompletableFuture<Message> answer;
    try {
      // The resolver at this moment: James may have set it after we were made.
      answer = Lookup.getDefaultResolver().sendAsync(query).toCompletableFuture();
    } catch (RuntimeException e) {
      return new Reply.Nothing(words(e));
    }
    try {
      return new Reply.Got(answer.get(left(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      answer.cancel(true);
      return new Reply.Nothing("no answer within " + limit.toSeconds() + " seconds");
    } catch (ExecutionException e) {
      return new Reply.Nothing(words(e.getCause() == null ? e : e.getCause()));
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      return new Reply.Nothing("the server is stopping");
    }
  }

  private long left() {
    return Math.max(0, limit.toNanos() - (System.nanoTime() - start));
  }

  private static String words(Throwable e) {
    String message = e.getMessage();
    return PlainText.of(message == null ? e.toString() : message, MAX_WORDS);
  }
}

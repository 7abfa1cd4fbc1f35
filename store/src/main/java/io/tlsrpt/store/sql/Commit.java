// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sql;

import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.StoreOutcome;
import io.tlsrpt.store.StoreUnavailableException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The reports of a mail that wait to be committed, and what became of them. */
final class Commit {
  private final List<NewReport> mail;
  private final CompletableFuture<List<StoreOutcome>> done = new CompletableFuture<>();

  Commit(List<NewReport> mail) {
    this.mail = List.copyOf(mail);
  }

  List<NewReport> mail() {
    return mail;
  }

  boolean isDone() {
    return done.isDone();
  }

  void succeed(List<StoreOutcome> outcomes) {
    done.complete(outcomes);
  }

  void fail(Throwable why) {
    done.completeExceptionally(why);
  }

  /** The outcomes. Call only once it is done; throws what the commit failed with. */
  List<StoreOutcome> outcomes() {
    if (done.isCompletedExceptionally()) {
      switch (done.exceptionNow()) {
        case StoreUnavailableException e ->
            // Wrapped: several threads must not throw the same exception object.
            throw new StoreUnavailableException(String.valueOf(e.getMessage()), e);
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case Throwable e -> throw new IllegalStateException(e);
      }
    }
    return done.resultNow();
  }
}

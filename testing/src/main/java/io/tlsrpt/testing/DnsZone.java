// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.testing;

import io.tlsrpt.testing.DnsServer.Mood;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.ExtendedErrorCodeOption;

/**
 * A domain and all below it that is in no other zone: how queries about it are answered. At first
 * they are, and at once.
 */
public final class DnsZone {
  private final AtomicInteger queries = new AtomicInteger();
  private volatile Mood mood = Mood.ANSWERING;
  private volatile Duration delay = Duration.ZERO;
  private volatile boolean secure;
  private volatile Optional<ExtendedErrorCodeOption> bogus = Optional.empty();

  DnsZone() {}

  public void setMood(Mood mood) {
    this.mood = mood;
  }

  /** Lets every answer wait. */
  public void setDelay(Duration delay) {
    this.delay = delay;
  }

  /** Whether DNSSEC vouches for it, as a resolver that validates says by the flag AD. */
  public void setSecure(boolean secure) {
    this.secure = secure;
  }

  /**
   * From now on its signatures are wrong, as a resolver that validates finds: SERVFAIL, unless the
   * asker wants no validation.
   *
   * @param code of RFC 8914
   * @param text what the resolver adds to it; may be empty
   */
  public void setBogus(int code, String text) {
    bogus = Optional.of(new ExtendedErrorCodeOption(code, text));
  }

  /** Queries that have come in, answered or not. */
  public int queries() {
    return queries.get();
  }

  Mood mood() {
    return mood;
  }

  Duration delay() {
    return delay;
  }

  boolean isSecure() {
    return secure;
  }

  Optional<ExtendedErrorCodeOption> bogus() {
    return bogus;
  }

  void count() {
    queries.incrementAndGet();
  }
}

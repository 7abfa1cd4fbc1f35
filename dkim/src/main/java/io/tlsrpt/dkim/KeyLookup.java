// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

/** Where keys are found. May be used by many threads at once. */
@FunctionalInterface
interface KeyLookup extends AutoCloseable {

  /** The keys under {@code <selector>._domainkey.<domain>}. */
  KeyAnswer find(String selector, String domain, Patience patience);

  @Override
  default void close() {}
}

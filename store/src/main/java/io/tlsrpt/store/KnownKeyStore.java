// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import java.util.Collection;
import java.util.List;

/** Remembers DKIM keys. May be used by many threads at once. */
public interface KnownKeyStore {
  /**
   * All keys that are kept.
   *
   * @throws StoreUnavailableException if they cannot be read now
   */
  List<KnownKey> knownKeys();

  /**
   * Keeps keys, in the place of others of their names, and forgets others; all or nothing.
   *
   * @param forgotten names of keys
   * @throws StoreUnavailableException if the store cannot be written now
   */
  void keepKeys(Collection<KnownKey> kept, Collection<String> forgotten);
}

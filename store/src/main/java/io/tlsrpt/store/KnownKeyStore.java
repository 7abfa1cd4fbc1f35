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
   * Writes keys, each in the place of an earlier key of the same name, and deletes others. All of
   * it is committed together, or nothing.
   *
   * @param forgotten names of keys
   * @throws StoreUnavailableException if the store cannot be written now
   */
  void keepKeys(Collection<KnownKey> kept, Collection<String> forgotten);
}

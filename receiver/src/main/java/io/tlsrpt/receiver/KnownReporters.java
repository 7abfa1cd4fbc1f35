// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver;

import io.tlsrpt.dkim.KnownKeys;
import io.tlsrpt.store.KnownKey;
import io.tlsrpt.store.KnownKeyStore;
import io.tlsrpt.store.StoreUnavailableException;
import java.util.List;

/** Saves the keys that reporters sign with, so that reporters are still known after a restart. */
final class KnownReporters {
  private final KnownKeys keys;
  private final KnownKeyStore store;
  private boolean read;

  KnownReporters(KnownKeys keys, KnownKeyStore store) {
    this.keys = keys;
    this.store = store;
  }

  /**
   * Reads once what an earlier process wrote, and writes what has changed since the last call. If
   * the store fails, the changes are kept and written by the next call. A key learned since the
   * start is newer than the stored one of its name, and replaces that.
   *
   * @throws StoreUnavailableException if the store cannot be used now; nothing is lost
   */
  synchronized void bringTogether() {
    if (!read) {
      keys.addWritten(store.knownKeys().stream().map(KnownReporters::fromStore).toList());
      read = true;
    }
    KnownKeys.Changes changes = keys.changes();
    if (!changes.isEmpty()) {
      List<KnownKey> kept = changes.kept().stream().map(KnownReporters::toStore).toList();
      store.keepKeys(kept, changes.forgotten());
      keys.written(changes);
    }
  }

  private static KnownKeys.Key fromStore(KnownKey key) {
    return new KnownKeys.Key(
        key.name(), key.organisation(), key.record(), key.goodOn(), key.days());
  }

  private static KnownKey toStore(KnownKeys.Key key) {
    return new KnownKey(key.name(), key.organisation(), key.record(), key.goodOn(), key.days());
  }
}

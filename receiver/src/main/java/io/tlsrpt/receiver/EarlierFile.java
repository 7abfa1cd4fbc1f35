// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver;

import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.StoreHealth;
import io.tlsrpt.store.url.DatabaseUrl;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file that a server had before it went to a database that several servers share. */
final class EarlierFile {
  private static final Logger LOGGER = LoggerFactory.getLogger(EarlierFile.class);

  private EarlierFile() {}

  /** Reminds the administrator of its reports, if the shared database has none. */
  static void tell(ReportStore store, Path directory) {
    if (isLeftBehind(store, directory)) {
      LOGGER.warn(
          "The database has no reports, and those of {} are not in it: import them with"
              + " io.tlsrpt.mailet.ImportReports",
          DatabaseUrl.fileIn(directory));
    }
  }

  static boolean isLeftBehind(ReportStore store, Path directory) {
    return store.isShared()
        && store.health() instanceof StoreHealth.Available
        && store.domains().isEmpty()
        && Files.exists(DatabaseUrl.fileIn(directory));
  }
}

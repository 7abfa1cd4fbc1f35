// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import io.tlsrpt.figures.FailureWindow;

class InMemoryReportStoreTest
    implements ReportStoreContract, ReportHistoryContract, ReportSearchContract {
  @Override
  public ReportStore store() {
    return new InMemoryReportStore(LIMITS, FailureWindow.DEFAULT, () -> RECEIPT);
  }
}

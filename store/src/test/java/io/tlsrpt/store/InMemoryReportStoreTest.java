// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.ReporterLimit;

class InMemoryReportStoreTest implements ReportStoreContract {
  @Override
  public ReportStore store() {
    return new InMemoryReportStore(
        MAX_DOMAINS, new ReporterLimit(MAX_REPORTERS, reporter -> reporter), FailureWindow.DEFAULT);
  }
}

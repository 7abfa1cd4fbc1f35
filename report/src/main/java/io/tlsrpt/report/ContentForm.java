// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

/** The form of a body part with a report, as its mail labels it or as its bytes show it. */
public enum ContentForm {
  JSON,
  GZIP,
  ZIP,
  /** The mail does not say which. */
  UNKNOWN
}

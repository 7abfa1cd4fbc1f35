// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

/** The form in which a report is said to come, or does. */
public enum ContentForm {
  JSON,
  GZIP,
  ZIP,
  /** Nothing is said of it. */
  UNKNOWN
}

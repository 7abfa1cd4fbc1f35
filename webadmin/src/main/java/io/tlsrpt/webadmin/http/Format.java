// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.http;

/** A representation of what is at an address. */
public enum Format {
  /** A page for people. */
  HTML,
  /** For programs, and what clients get that do not ask for HTML. */
  JSON,
  /** A table for a spreadsheet, where there is a table. */
  CSV
}

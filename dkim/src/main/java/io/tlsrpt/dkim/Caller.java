// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

/** Whose time it takes to wait for the DNS. */
public enum Caller {
  /** A thread of the server, which has other mails to handle. */
  SERVER,
  /** A thread that has nothing else to do. */
  RETRY
}

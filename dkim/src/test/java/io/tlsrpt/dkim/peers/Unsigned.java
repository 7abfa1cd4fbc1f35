// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim.peers;

import io.tlsrpt.testing.DkimKey;

/** A mail that is to be signed. */
record Unsigned(Mail mail, Plan plan, DkimKey key) {}

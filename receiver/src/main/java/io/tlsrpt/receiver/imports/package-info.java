// SPDX-License-Identifier: Apache-2.0

/**
 * Imports reports into a database: from files of other databases, and from mails. Start at {@link
 * io.tlsrpt.receiver.imports.ImportCommand}. Runs without a server.
 */
@NullMarked
package io.tlsrpt.receiver.imports;

import org.jspecify.annotations.NullMarked;

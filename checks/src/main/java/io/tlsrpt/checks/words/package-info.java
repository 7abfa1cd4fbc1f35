// SPDX-License-Identifier: Apache-2.0

/** What hosts wrote, as short plain words: bounded, on one line, and never markup. */
@NullMarked
package io.tlsrpt.checks.words;

import org.jspecify.annotations.NullMarked;

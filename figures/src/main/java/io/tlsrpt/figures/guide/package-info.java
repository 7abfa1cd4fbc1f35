// SPDX-License-Identifier: Apache-2.0

/**
 * What each kind of failure means and what to do about it, read from the documentation. Start at
 * {@link io.tlsrpt.figures.guide.FailureGuide}.
 */
@NullMarked
package io.tlsrpt.figures.guide;

import org.jspecify.annotations.NullMarked;

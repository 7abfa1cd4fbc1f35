// SPDX-License-Identifier: Apache-2.0

/**
 * What is told of a domain, once: that a failure has started or ended, that mail begins or ceases
 * to be lost, that the policy mode has changed, that the first report has come. Found by comparing
 * two states of the domain; pure values.
 */
@NullMarked
package io.tlsrpt.figures.event;

import org.jspecify.annotations.NullMarked;

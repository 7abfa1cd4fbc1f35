// SPDX-License-Identifier: Apache-2.0

/**
 * What is to be said of answers: each class judges one check, and gives a {@link
 * io.tlsrpt.figures.posture.Seen}. Pure: answers in, words out.
 */
@NullMarked
package io.tlsrpt.checks.judgement;

import org.jspecify.annotations.NullMarked;

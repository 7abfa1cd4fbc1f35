// SPDX-License-Identifier: Apache-2.0

/**
 * What may be asked of a receiver, by whomever: MBeans, pages, mails. Start at {@link
 * io.tlsrpt.view.FiguresSource}, which a receiver implements; {@link
 * io.tlsrpt.view.HistoryQuestions} answers questions about kept reports within bounds. Knows
 * neither JMX nor a store. All of it may be used by many threads at once.
 */
@NullMarked
package io.tlsrpt.view;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0

/**
 * How a page is written: {@link io.tlsrpt.webadmin.markup.Html} escapes whatever is put into it,
 * and {@link io.tlsrpt.webadmin.markup.Page} is the frame of all pages; beside them tables, charts
 * and the wording of numbers and times.
 */
@NullMarked
package io.tlsrpt.webadmin.markup;

import org.jspecify.annotations.NullMarked;

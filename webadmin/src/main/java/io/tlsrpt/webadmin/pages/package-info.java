// SPDX-License-Identifier: Apache-2.0

/**
 * What is shown: each {@link io.tlsrpt.webadmin.pages.Resource} has one address and is shown as a
 * page, as JSON, and some as CSV. Where a page is more than a few lines, a class of its own writes
 * it: {@code Overview} is what is known, {@code OverviewPage} how a person sees it.
 */
@NullMarked
package io.tlsrpt.webadmin.pages;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0

/**
 * Requests and answers as values, with the bounds of what a request may ask, and links that stay
 * right behind a proxy with a prefix. Knows no server.
 */
@NullMarked
package io.tlsrpt.webadmin.http;

import org.jspecify.annotations.NullMarked;

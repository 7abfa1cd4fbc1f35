// SPDX-License-Identifier: Apache-2.0

/**
 * Shows figures as MBeans of the JMX domain {@code io.tlsrpt}, and the receiver's own meters
 * through Micrometer. Exposes, decides nothing, and knows no store.
 */
@NullMarked
package io.tlsrpt.jmx;

import org.jspecify.annotations.NullMarked;

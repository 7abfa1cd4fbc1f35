// SPDX-License-Identifier: Apache-2.0

/**
 * Hosts with certificates, on loopback: an MX host, a policy host, and an authority that issues
 * whatever certificate a test wants. Each can be told to misbehave.
 */
@NullMarked
package io.tlsrpt.testing.tls;

import org.jspecify.annotations.NullMarked;

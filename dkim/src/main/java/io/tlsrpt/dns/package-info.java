// SPDX-License-Identifier: Apache-2.0

/**
 * Look-ups in the DNS within bounds and with a cache, for records of any kind; and where registries
 * end and organisations begin. The asker brings the function that really asks the DNS, and chooses
 * the type of its answers. Knows neither mails nor signatures.
 *
 * <p>Start here: {@link io.tlsrpt.dns.CachedLookups}, which leads to all other classes.
 *
 * <p>Threads: any thread may ask, and says by {@link io.tlsrpt.dns.WaitingThread} of which kind it
 * is. The DNS is asked on virtual threads of this package, one for each question, which also
 * announce its end.
 *
 * <p>Door: {@link io.tlsrpt.dns.CachedLookups}; {@link io.tlsrpt.dns.BoundedLookups} for whoever
 * must see what the DNS says now, without a cache; {@link io.tlsrpt.dns.OrganisationalDomain}.
 */
@NullMarked
package io.tlsrpt.dns;

import org.jspecify.annotations.NullMarked;

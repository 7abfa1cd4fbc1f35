// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.dns;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.report.DomainName;
import java.util.Optional;

/**
 * A host that an MX record names.
 *
 * @param preference the lowest is asked first
 * @param name safe to show, in lower case, without a dot at the end; not always the name of a host:
 *     owners write addresses, too
 */
public record MailHost(int preference, String name) {
  public MailHost {
    requireNonNull(name, "name");
  }

  /**
   * Empty if it cannot be the name of a host. An address may look like one: whether it may be a
   * target, {@code io.tlsrpt.checks.targets} says.
   */
  public Optional<DomainName> host() {
    return DomainName.parse(name);
  }

  @Override
  public String toString() {
    return preference + " " + name;
  }
}

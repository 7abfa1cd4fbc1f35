// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.report.DomainName;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * Every ObjectName of the product. {@code type} comes first: JConsole's tree follows the order of
 * keys.
 */
final class ObjectNames {
  static final String JMX_DOMAIN = "io.tlsrpt";

  private ObjectNames() {}

  static ObjectName receiver() {
    return name("type=Receiver");
  }

  /** A policy domain needs no quotes: it holds nothing but A-labels. */
  static ObjectName domain(DomainName domain) {
    return name("type=Domain,domain=" + domain);
  }

  static ObjectName breakdown(DomainName domain) {
    return name("type=Breakdown,domain=" + domain);
  }

  static ObjectName failure(DomainName domain, FailureKind kind) {
    return name("type=Failure,domain=" + domain + ",resultType=" + kind.key());
  }

  static ObjectName posture(DomainName domain) {
    return name("type=Posture,domain=" + domain);
  }

  /** An MX host. What the DNS gives need not be a host name, so it may need quotes. */
  static ObjectName mxHost(String host) {
    return name(
        "type=MxHost,host="
            + DomainName.parse(host)
                .map(DomainName::value)
                .orElseGet(() -> ObjectName.quote(host)));
  }

  /**
   * A meter's name.
   *
   * @param keys as {@link MeterNames} writes them
   */
  static ObjectName meter(String keys) {
    return name("type=Meter," + keys);
  }

  private static ObjectName name(String keys) {
    try {
      return new ObjectName(JMX_DOMAIN + ":" + keys);
    } catch (MalformedObjectNameException e) {
      throw new IllegalArgumentException(keys, e);
    }
  }
}

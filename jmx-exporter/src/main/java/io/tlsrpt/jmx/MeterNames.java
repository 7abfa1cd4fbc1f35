// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import com.codahale.metrics.jmx.ObjectNameFactory;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.NamingConvention;
import io.micrometer.core.instrument.util.HierarchicalNameMapper;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Turns tags into keys of the ObjectName. Micrometer's own mapper joins them to the name with dots,
 * so that nobody can separate them again.
 */
final class MeterNames implements HierarchicalNameMapper, ObjectNameFactory {
  private final MBeanServer server;

  MeterNames(MBeanServer server) {
    this.server = server;
  }

  /**
   * The keys of the ObjectName, as text: a meter passes through Dropwizard's registry, which knows
   * names only.
   */
  @Override
  public String toHierarchicalName(Meter.Id id, NamingConvention convention) {
    StringBuilder keys = new StringBuilder("name=").append(id.getName());
    for (Tag tag : id.getTagsAsIterable()) {
      keys.append(',').append(tag.getKey()).append('=').append(tag.getValue());
    }
    return keys.toString();
  }

  /**
   * The name under which a meter is about to be registered. This method fails if the name is taken,
   * because Dropwizard's reporter would silently skip the meter.
   */
  @Override
  public ObjectName createName(String type, String domain, String keys) {
    ObjectName name = ObjectNames.meter(keys);
    if (server.isRegistered(name)) {
      throw new IllegalStateException(
          name + " is registered already: is there a second receiver in this JVM?");
    }
    return name;
  }
}

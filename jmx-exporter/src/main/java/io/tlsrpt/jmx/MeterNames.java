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
 * Makes tags keys of the ObjectName. Micrometer's own mapper glues them to the name with dots, from
 * which nobody can tell them again.
 */
final class MeterNames implements HierarchicalNameMapper, ObjectNameFactory {
  private final MBeanServer server;

  MeterNames(MBeanServer server) {
    this.server = server;
  }

  /**
   * The keys of the ObjectName, as text: Dropwizard's registry lies between, and it has names only.
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
   * The name under which a meter is about to be registered. Dropwizard's reporter would pass over
   * one that is taken without a word.
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

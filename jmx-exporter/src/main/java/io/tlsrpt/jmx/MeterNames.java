// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import com.codahale.metrics.jmx.ObjectNameFactory;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.NamingConvention;
import io.micrometer.core.instrument.util.HierarchicalNameMapper;
import javax.management.ObjectName;

/**
 * Makes tags keys of the ObjectName. Micrometer's own mapper glues them to the name with dots, from
 * which nobody can tell them again.
 */
final class MeterNames implements HierarchicalNameMapper, ObjectNameFactory {

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

  @Override
  public ObjectName createName(String type, String domain, String keys) {
    return ObjectNames.meter(keys);
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.management.MBeanInfo;
import javax.management.openmbean.OpenMBeanAttributeInfoSupport;
import javax.management.openmbean.OpenMBeanInfoSupport;

/**
 * A kind of bean: its attributes, and the one {@code MBeanInfo} that all beans of the kind share.
 *
 * @param <T> the figures that a bean of this kind shows
 */
final class BeanType<T> {
  private final Map<String, Attribute<T>> attributes = new LinkedHashMap<>();
  private final MBeanInfo info;

  BeanType(String name, String description, List<Attribute<T>> attributes) {
    attributes.forEach(attribute -> this.attributes.put(attribute.name(), attribute));
    this.info =
        new OpenMBeanInfoSupport(
            name,
            description,
            attributes.stream().map(Attribute::info).toArray(OpenMBeanAttributeInfoSupport[]::new),
            null,
            null,
            null);
  }

  MBeanInfo info() {
    return info;
  }

  Optional<Attribute<T>> attribute(String name) {
    return Optional.ofNullable(attributes.get(name));
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.management.MBeanInfo;
import javax.management.MBeanNotificationInfo;
import javax.management.openmbean.OpenMBeanAttributeInfoSupport;
import javax.management.openmbean.OpenMBeanInfoSupport;
import javax.management.openmbean.OpenMBeanOperationInfoSupport;

/**
 * A kind of bean: its attributes and operations, and the one {@code MBeanInfo} that all beans of
 * the kind share.
 *
 * @param <T> the figures that a bean of this kind shows
 */
final class BeanType<T> {
  private final Map<String, Attribute<T>> attributes = new LinkedHashMap<>();
  private final Map<String, Operation<T>> operations = new LinkedHashMap<>();
  private final MBeanInfo info;

  BeanType(String name, String description, List<Attribute<T>> attributes) {
    this(name, description, attributes, List.of());
  }

  BeanType(
      String name,
      String description,
      List<Attribute<T>> attributes,
      List<Operation<T>> operations,
      MBeanNotificationInfo... notifications) {
    attributes.forEach(attribute -> this.attributes.put(attribute.name(), attribute));
    operations.forEach(operation -> this.operations.put(operation.name(), operation));
    // RATIONALE: Open MBeans
    this.info =
        new OpenMBeanInfoSupport(
            name,
            description,
            attributes.stream().map(Attribute::info).toArray(OpenMBeanAttributeInfoSupport[]::new),
            null,
            operations.stream().map(Operation::info).toArray(OpenMBeanOperationInfoSupport[]::new),
            notifications);
  }

  MBeanInfo info() {
    return info;
  }

  Optional<Attribute<T>> attribute(String name) {
    return Optional.ofNullable(attributes.get(name));
  }

  Optional<Operation<T>> operation(String name) {
    return Optional.ofNullable(operations.get(name));
  }
}

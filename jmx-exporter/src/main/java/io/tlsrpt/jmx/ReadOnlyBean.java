// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import io.tlsrpt.figures.history.HistoryUnavailableException;
import java.util.function.Supplier;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.InvalidAttributeValueException;
import javax.management.MBeanException;
import javax.management.MBeanInfo;
import javax.management.ReflectionException;
import org.jspecify.annotations.Nullable;

/**
 * A bean that shows figures, answers questions and takes nothing. Attributes that are read together
 * are read from the same figures, so that sums add up.
 */
final class ReadOnlyBean<T> implements DynamicMBean {
  private final BeanType<T> type;
  private final Supplier<T> figures;

  ReadOnlyBean(BeanType<T> type, Supplier<T> figures) {
    this.type = type;
    this.figures = figures;
  }

  @Override
  public @Nullable Object getAttribute(String name) throws AttributeNotFoundException {
    Attribute<T> attribute =
        type.attribute(name).orElseThrow(() -> new AttributeNotFoundException(name));
    return attribute.reader().apply(figures.get());
  }

  @Override
  public AttributeList getAttributes(String[] names) {
    T now = figures.get();
    AttributeList values = new AttributeList(names.length);
    for (String name : names) {
      type.attribute(name).map(attribute -> value(attribute, now)).ifPresent(values::add);
    }
    return values;
  }

  private static <T> javax.management.Attribute value(Attribute<T> attribute, T figures) {
    return new javax.management.Attribute(attribute.name(), attribute.reader().apply(figures));
  }

  @Override
  public void setAttribute(javax.management.Attribute attribute)
      throws AttributeNotFoundException, InvalidAttributeValueException, MBeanException {
    throw new AttributeNotFoundException(attribute.getName() + " is read-only");
  }

  @Override
  public AttributeList setAttributes(AttributeList attributes) {
    return new AttributeList();
  }

  @Override
  public Object invoke(String name, Object @Nullable [] arguments, String @Nullable [] signature)
      throws MBeanException, ReflectionException {
    Operation<T> operation =
        type.operation(name)
            .orElseThrow(() -> new ReflectionException(new NoSuchMethodException(name)));
    try {
      return operation.answer(figures.get(), arguments == null ? new Object[0] : arguments);
    } catch (IllegalArgumentException | HistoryUnavailableException e) {
      // A client does not have our classes, so it could not deserialize our exceptions.
      throw new MBeanException(new IllegalArgumentException(e.getMessage()), e.getMessage());
    }
  }

  @Override
  public MBeanInfo getMBeanInfo() {
    return type.info();
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.InvalidAttributeValueException;
import javax.management.MBeanException;
import javax.management.MBeanInfo;
import javax.management.MBeanNotificationInfo;
import javax.management.NotificationBroadcasterSupport;
import javax.management.ReflectionException;
import org.jspecify.annotations.Nullable;

/** A bean that also sends notifications. */
final class NotifyingBean extends NotificationBroadcasterSupport implements DynamicMBean {
  private final DynamicMBean bean;

  NotifyingBean(DynamicMBean bean, MBeanNotificationInfo... notifications) {
    super(notifications);
    this.bean = bean;
  }

  @Override
  public @Nullable Object getAttribute(String name)
      throws AttributeNotFoundException, MBeanException, ReflectionException {
    return bean.getAttribute(name);
  }

  @Override
  public AttributeList getAttributes(String[] names) {
    return bean.getAttributes(names);
  }

  @Override
  public void setAttribute(javax.management.Attribute attribute)
      throws AttributeNotFoundException,
          InvalidAttributeValueException,
          MBeanException,
          ReflectionException {
    bean.setAttribute(attribute);
  }

  @Override
  public AttributeList setAttributes(AttributeList attributes) {
    return bean.setAttributes(attributes);
  }

  @Override
  public @Nullable Object invoke(String operation, Object[] arguments, String[] signature)
      throws MBeanException, ReflectionException {
    return bean.invoke(operation, arguments, signature);
  }

  @Override
  public MBeanInfo getMBeanInfo() {
    return bean.getMBeanInfo();
  }
}

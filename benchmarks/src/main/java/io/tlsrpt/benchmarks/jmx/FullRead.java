// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.jmx;

import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;

/**
 * All that beans show, as a client reads it that knows nothing of them.
 *
 * @param values of attributes
 */
record FullRead(int beans, int values) {
  static FullRead of(MBeanServerConnection server, String pattern) throws IOException, JMException {
    Set<ObjectName> names = server.queryNames(new ObjectName(pattern), null);
    int values = 0;
    for (ObjectName name : names) {
      String[] attributes =
          Arrays.stream(server.getMBeanInfo(name).getAttributes())
              .map(MBeanAttributeInfo::getName)
              .toArray(String[]::new);
      values += server.getAttributes(name, attributes).size();
    }
    return new FullRead(names.size(), values);
  }

  /** How often the server was asked. */
  int calls() {
    return 1 + 2 * beans;
  }
}

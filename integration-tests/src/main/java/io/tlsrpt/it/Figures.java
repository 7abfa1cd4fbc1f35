// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the beans show, as texts, each under the name of its attribute. */
public record Figures(Map<String, String> receiver, Map<String, Map<String, String>> domains) {
  static final List<String> RECEIVER =
      List.of(
          "ReportsReceived",
          "ReportsAccepted",
          "ReportsDuplicate",
          "ReportsRejected",
          "RejectionsByReason",
          "Domains");
  static final List<String> DOMAIN =
      List.of(
          "Reports",
          "SuccessfulSessions",
          "FailedSessions",
          "ActiveFailures",
          "FailureRatio",
          "Failing",
          "PolicyMode",
          "Reporters");
  static final List<String> BREAKDOWN =
      List.of(
          "SuccessfulSessionsByPolicyType",
          "FailedSessionsByPolicyType",
          "FailuresByResultType",
          "ActiveFailuresByResultType");

  private static final String RECEIVER_BEAN = "io.tlsrpt:type=Receiver";

  public Figures {
    receiver = Collections.unmodifiableMap(new LinkedHashMap<>(receiver));
    domains = Collections.unmodifiableMap(new LinkedHashMap<>(domains));
  }

  /** Reads every bean. */
  public static Figures read(JmxClient jmx) {
    Map<String, String> receiver = values(jmx, RECEIVER_BEAN, RECEIVER);
    Map<String, Map<String, String>> domains = new LinkedHashMap<>();
    for (String bean : jmx.names("io.tlsrpt:type=Domain,*")) {
      String domain = domain(bean);
      Map<String, String> values = values(jmx, bean, DOMAIN);
      values.putAll(values(jmx, "io.tlsrpt:type=Breakdown,domain=" + domain, BREAKDOWN));
      domains.put(domain, values);
    }
    return new Figures(receiver, domains);
  }

  private static String domain(String bean) {
    String key = "domain=";
    int from = bean.indexOf(key) + key.length();
    int comma = bean.indexOf(',', from);
    return bean.substring(from, comma < 0 ? bean.length() : comma);
  }

  private static Map<String, String> values(JmxClient jmx, String bean, List<String> attributes) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String attribute : attributes) {
      boolean breakdown = attribute.contains("By");
      values.put(
          attribute,
          breakdown ? jmx.counts(bean, attribute).toString() : rounded(jmx.text(bean, attribute)));
    }
    return values;
  }

  /** Ratios to four places. */
  private static String rounded(String value) {
    return value.matches("\\d+\\.\\d+.*")
        ? String.format(Locale.ROOT, "%.4f", Double.valueOf(value))
        : value;
  }
}

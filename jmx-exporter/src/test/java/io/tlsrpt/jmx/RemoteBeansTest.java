// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import static io.tlsrpt.jmx.ShownFigures.DOMAIN;
import static io.tlsrpt.jmx.ShownFigures.details;
import static io.tlsrpt.jmx.ShownFigures.expired;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanNotificationInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.ArrayType;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenMBeanAttributeInfo;
import javax.management.openmbean.OpenMBeanOperationInfo;
import javax.management.openmbean.OpenType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client is told of each bean is what docs/meters.md says of it, and nothing else. */
class RemoteBeansTest {
  private final ShownFigures figures = new ShownFigures();
  private final RemoteServer remote;
  private final MBeanServerConnection client;

  RemoteBeansTest() throws IOException {
    remote = new RemoteServer(figures.server);
    client = remote.connection();
  }

  @BeforeEach
  void receive() {
    figures.receive(figures.report(DOMAIN, 90, 10, List.of(expired(7))));
    figures.postures.showIn(figures.exporter.postures());
    figures.receive(
        figures.report(DOMAIN, 1, 1, List.of(details("tlsa-invalid", 1, "mx2.example.com", ""))));
  }

  @AfterEach
  void close() throws IOException {
    remote.close();
    figures.close();
  }

  @Test
  void everythingShouldBeDocumentedAsItIs() throws IOException, JMException {
    Map<String, List<String>> documented = documentedRows();
    for (ObjectName name : beans()) {
      String type = "type=" + name.getKeyProperty("type");
      MBeanInfo info = client.getMBeanInfo(name);
      List<String> rows = new ArrayList<>();
      Arrays.stream(info.getAttributes()).map(RemoteBeansTest::row).forEach(rows::add);
      Arrays.stream(info.getOperations()).map(RemoteBeansTest::row).forEach(rows::add);
      for (MBeanOperationInfo operation : info.getOperations()) {
        columns(((OpenMBeanOperationInfo) operation).getReturnOpenType())
            .filter(row -> !rows.contains(row))
            .forEach(rows::add);
      }
      assertThat(documented.get(type)).as(type).containsExactlyInAnyOrderElementsOf(rows);
    }
  }

  @Test
  void everyNotificationShouldBeDocumented() throws IOException, JMException {
    String page = Files.readString(Path.of("../docs/meters.md"));
    MBeanNotificationInfo[] told =
        client.getMBeanInfo(new ObjectName("io.tlsrpt:type=Receiver")).getNotifications();

    assertThat(Arrays.stream(told).flatMap(info -> Arrays.stream(info.getNotifTypes())))
        .containsExactly(
            "io.tlsrpt.failure.started",
            "io.tlsrpt.failure.recovered",
            "io.tlsrpt.failure.expired",
            "io.tlsrpt.policy.mode.changed",
            "io.tlsrpt.check.failing",
            "io.tlsrpt.check.passed")
        .allSatisfy(type -> assertThat(page).contains("`" + type + "`"));
  }

  @Test
  void everyItemShouldBeNamed() throws IOException, JMException {
    String text =
        Files.readString(Path.of("../docs/meters.md"))
            + Files.readString(Path.of("../docs/deviations.md"));

    for (ObjectName name : beans()) {
      for (MBeanAttributeInfo attribute : client.getMBeanInfo(name).getAttributes()) {
        if (((OpenMBeanAttributeInfo) attribute).getOpenType() instanceof CompositeType items) {
          assertThat(items.keySet())
              .allSatisfy(item -> assertThat(text).contains("`" + item + "`"));
        }
      }
    }
  }

  @Test
  void everyValueShouldBeOfItsDeclaredType() throws IOException, JMException {
    assertThat(beans()).hasSize(8);
    for (ObjectName name : beans()) {
      for (MBeanAttributeInfo attribute : client.getMBeanInfo(name).getAttributes()) {
        Object value = client.getAttribute(name, attribute.getName());
        OpenType<?> type = ((OpenMBeanAttributeInfo) attribute).getOpenType();

        assertThat(value == null || type.isValue(value)).as("%s %s", name, attribute).isTrue();
      }
    }
  }

  @Test
  void nothingShouldBeWritable() throws IOException, JMException {
    for (ObjectName name : beans()) {
      assertThat(client.getMBeanInfo(name).getAttributes())
          .allSatisfy(attribute -> assertThat(attribute.isWritable()).isFalse());
      assertThat(client.getMBeanInfo(name).getOperations())
          .allSatisfy(
              operation -> assertThat(operation.getImpact()).isEqualTo(MBeanOperationInfo.INFO));
    }
  }

  private List<ObjectName> beans() throws IOException, JMException {
    return client.queryNames(new ObjectName("io.tlsrpt:*"), null).stream().sorted().toList();
  }

  /** The rows of each section, by the type that its heading names. */
  private static Map<String, List<String>> documentedRows() throws IOException {
    Map<String, List<String>> sections = new HashMap<>();
    List<String> rows = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("../docs/meters.md"))) {
      if (line.startsWith("## ")) {
        rows = new ArrayList<>();
        sections.put(line.replaceFirst(".*(type=[A-Za-z]+).*", "$1"), rows);
      } else if (line.startsWith("| `") && !line.startsWith("| `io.tlsrpt.")) {
        rows.add(line);
      }
    }
    return sections;
  }

  private static String row(MBeanAttributeInfo attribute) {
    Object unit = attribute.getDescriptor().getFieldValue("units");
    return "| `%s` | %s | %s | %s |"
        .formatted(
            attribute.getName(),
            type(((OpenMBeanAttributeInfo) attribute).getOpenType()),
            unit == null ? "" : unit,
            attribute.getDescription());
  }

  private static String row(MBeanOperationInfo operation) {
    assertThat(operation.getSignature())
        .allSatisfy(parameter -> assertThat(parameter.getDescription()).isNotBlank());
    return "| `%s(%s)` | %s | %s |"
        .formatted(
            operation.getName(),
            Arrays.stream(operation.getSignature())
                .map(MBeanParameterInfo::getName)
                .collect(Collectors.joining(", ")),
            type(((OpenMBeanOperationInfo) operation).getReturnOpenType()),
            operation.getDescription());
  }

  private static Stream<String> columns(OpenType<?> type) {
    return type instanceof ArrayType<?> array
            && array.getElementOpenType() instanceof CompositeType row
        ? row.keySet().stream()
            .map(
                item ->
                    "| `%s` | %s | %s |"
                        .formatted(item, type(row.getType(item)), row.getDescription(item)))
        : Stream.empty();
  }

  private static String type(OpenType<?> type) {
    return switch (type) {
      case CompositeType items -> "items";
      case ArrayType<?> array when array.getElementOpenType() instanceof CompositeType -> "rows";
      case ArrayType<?> texts -> "String[]";
      default -> type.getClassName().replaceFirst(".*\\.", "");
    };
  }
}

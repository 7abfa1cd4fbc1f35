// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.management.MBeanAttributeInfo;
import javax.management.openmbean.ArrayType;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenMBeanAttributeInfo;
import javax.management.openmbean.OpenType;
import org.junit.jupiter.api.Test;

/** docs/meters.md has every attribute that there is, and no other. */
class MetersDocumentationTest {
  private static final Map<String, BeanType<?>> BEANS =
      Map.of(
          "type=Receiver", ReceiverBean.TYPE,
          "type=Domain", DomainBean.TYPE,
          "type=Breakdown", BreakdownBean.TYPE,
          "type=Failure", FailureBean.TYPE);

  @Test
  void everyAttributeShouldHaveItsRow() throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("../docs/meters.md")).stream()
            .filter(line -> line.startsWith("| `"))
            .toList();
    List<String> expected =
        BEANS.values().stream()
            .flatMap(type -> Arrays.stream(type.info().getAttributes()))
            .map(MetersDocumentationTest::row)
            .toList();

    assertThat(rows).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void everyItemOfABreakdownShouldBeNamed() throws IOException {
    String text =
        Files.readString(Path.of("../docs/meters.md"))
            + Files.readString(Path.of("../docs/deviations.md"));

    for (BeanType<?> type : BEANS.values()) {
      for (MBeanAttributeInfo attribute : type.info().getAttributes()) {
        if (((OpenMBeanAttributeInfo) attribute).getOpenType() instanceof CompositeType items) {
          assertThat(items.keySet())
              .allSatisfy(item -> assertThat(text).contains("`" + item + "`"));
        }
      }
    }
  }

  private static String row(MBeanAttributeInfo attribute) {
    Object unit = attribute.getDescriptor().getFieldValue("units");
    return "| `%s` | %s | %s | %s |"
        .formatted(
            attribute.getName(),
            type(attribute),
            unit == null ? "" : unit,
            attribute.getDescription());
  }

  private static String type(MBeanAttributeInfo attribute) {
    return switch (((OpenMBeanAttributeInfo) attribute).getOpenType()) {
      case CompositeType items -> "items";
      case ArrayType<?> texts -> "String[]";
      case OpenType<?> simple -> attribute.getType().replaceFirst(".*\\.", "");
    };
  }
}

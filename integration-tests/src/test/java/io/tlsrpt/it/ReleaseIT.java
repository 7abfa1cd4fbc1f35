// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is handed out beside the two jars. */
class ReleaseIT {
  @Test
  void sourcesShouldBeThereForEveryClassOfOurs() throws IOException {
    Set<String> classes =
        names(Build.jar()).stream()
            .filter(name -> name.startsWith("io/tlsrpt/") && name.endsWith(".class"))
            .filter(name -> !name.startsWith("io/tlsrpt/shaded/"))
            .map(name -> name.replaceFirst("(\\$.*)?\\.class$", ".java"))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(classes).hasSizeGreaterThan(150);
    assertThat(names(Build.beside("sources.jar"))).containsAll(classes);
  }

  @Test
  void documentationShouldBeOfAllRooms() throws IOException {
    assertThat(names(Build.beside("javadoc.jar")))
        .contains(
            "index.html",
            "io/tlsrpt/report/TlsReport.html",
            "io/tlsrpt/figures/DomainState.html",
            "io/tlsrpt/store/ReportStore.html",
            "io/tlsrpt/dkim/DkimAuthenticator.html",
            "io/tlsrpt/view/FiguresSource.html",
            "io/tlsrpt/receiver/TlsReportReceiver.html",
            "io/tlsrpt/jmx/JmxExporter.html",
            "io/tlsrpt/mailet/TlsReportMailet.html");
  }

  @Test
  void billOfMaterialsShouldNameAllThatIsInside() throws IOException {
    JsonNode bill = new ObjectMapper().readTree(Files.readString(Build.beside("cyclonedx.json")));
    Set<String> named = new TreeSet<>();
    for (JsonNode component : bill.path("components")) {
      named.add(
          component.path("group").asText()
              + ":"
              + component.path("name").asText()
              + ":"
              + component.path("version").asText());
    }
    Set<String> inside =
        Pattern.compile("(?m)^\\| ([\\w.]+:[\\w-]+:[\\w.]+) \\|")
            .matcher(thirdParty())
            .results()
            .map(row -> row.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
    assertThat(inside).hasSizeGreaterThan(8);
    assertThat(named).containsAll(inside);
  }

  @Test
  void changesShouldBeToldUnderTheVersion() throws IOException {
    String released = Build.version().replace("-SNAPSHOT", "");

    assertThat(Files.readString(Build.root().resolve("CHANGELOG.md")))
        .containsPattern("\n## " + Pattern.quote(released) + " - \\d{4}-\\d{2}-\\d{2}\n");
  }

  private static String thirdParty() throws IOException {
    try (JarFile file = new JarFile(Build.jar().toFile());
        InputStream in = file.getInputStream(file.getEntry("META-INF/THIRD-PARTY.md"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Set<String> names(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream().map(JarEntry::getName).collect(Collectors.toCollection(TreeSet::new));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Opens the two jars that are handed out. */
class JarsIT {
  private static final long SIZE_BUDGET = 9L << 20;

  /** SQLite's native code finds its classes by name. */
  private static final List<String> OURS =
      List.of("io/tlsrpt/", "META-INF/", "org/sqlite/", "sqlite-jdbc.properties");

  /** Other platforms need the driver's own jar: see docs/operations.md. */
  private static final List<String> PLATFORMS =
      List.of(
          "Linux-Musl/aarch64",
          "Linux-Musl/x86_64",
          "Linux/aarch64",
          "Linux/x86_64",
          "Mac/aarch64",
          "Mac/x86_64",
          "Windows/x86_64");

  private static final int JAVA_21 = 65;

  static Stream<Path> jars() {
    return Stream.of(Build.jar(), Build.jarForJames38());
  }

  @ParameterizedTest
  @MethodSource("jars")
  void nothingShouldStandOutsideOurPackages(Path jar) throws IOException {
    assertThat(names(jar, name -> true)).allMatch(name -> OURS.stream().anyMatch(name::startsWith));
    assertThat(names(jar, name -> name.endsWith(".class")))
        .hasSizeGreaterThan(500)
        .allMatch(name -> name.startsWith("io/tlsrpt/") || name.startsWith("org/sqlite/"));
    assertThat(names(jar, name -> name.startsWith("META-INF/versions"))).isEmpty();
    assertThat(names(jar, name -> name.startsWith("META-INF/services"))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("jars")
  void nothingOfTheServersShouldBeInside(Path jar) throws IOException {
    assertThat(names(jar, name -> !name.startsWith("org/sqlite/")))
        .noneMatch(
            name ->
                Stream.of(
                        "apache/james/",
                        "/mailet/base/",
                        "jakarta/",
                        "javax/",
                        "spark/",
                        "slf4j",
                        "guava")
                    .anyMatch(name::contains));
  }

  @ParameterizedTest
  @MethodSource("jars")
  void librariesShouldBeKnownByTheirNewNamesOnly(Path jar) throws IOException {
    for (String original :
        List.of(
            "com/fasterxml/",
            "io/micrometer/",
            "io/prometheus/",
            "com/codahale/",
            "org/HdrHistogram/",
            "org/postgresql/",
            "org/apache/james/jdkim/")) {
      assertThat(ours(jar, original)).as(original).isEmpty();
    }
    assertThat(names(jar, name -> name.startsWith("io/tlsrpt/shaded/")))
        .contains("io/tlsrpt/shaded/org/postgresql/Driver.class");
  }

  @ParameterizedTest
  @MethodSource("jars")
  void sqliteShouldBeThereForCommonPlatforms(Path jar) throws IOException {
    assertThat(names(jar, name -> name.startsWith("org/sqlite/native/")))
        .extracting(name -> name.replaceFirst("org/sqlite/native/(.*)/[^/]*", "$1"))
        .containsExactlyInAnyOrderElementsOf(PLATFORMS);
  }

  @ParameterizedTest
  @MethodSource("jars")
  void whatDriversHaveForOthersShouldNotBeInside(Path jar) throws IOException {
    assertThat(names(jar, name -> true))
        .noneMatch(
            name ->
                Stream.of("checkerframework", "waffle", "com/sun/jna", "OSGI-INF")
                    .anyMatch(name::contains));
  }

  @Test
  void eachJarShouldSpeakTheNamespaceOfItsServer() throws IOException {
    assertThat(ours(Build.jar(), "jakarta/mail/")).isNotEmpty();
    assertThat(ours(Build.jar(), "javax/mail/")).isEmpty();
    assertThat(ours(Build.jar(), "javax/inject/")).isEmpty();
    assertThat(ours(Build.jar(), "jakarta/servlet/")).isNotEmpty();
    assertThat(ours(Build.jar(), "javax/servlet/")).isEmpty();
    assertThat(ours(Build.jarForJames38(), "javax/mail/")).isNotEmpty();
    assertThat(ours(Build.jarForJames38(), "javax/inject/")).isNotEmpty();
    assertThat(ours(Build.jarForJames38(), "javax/servlet/")).isNotEmpty();
    assertThat(ours(Build.jarForJames38(), "jakarta/")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("jars")
  void classesShouldBeForJava21(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile());
        InputStream in =
            file.getInputStream(file.getEntry("io/tlsrpt/mailet/SharedReceiver.class"));
        DataInputStream data = new DataInputStream(in)) {
      data.readInt();
      assertThat(data.readUnsignedShort()).isZero();
      assertThat(data.readUnsignedShort()).isEqualTo(JAVA_21);
    }
  }

  @ParameterizedTest
  @MethodSource("jars")
  void licencesShouldBeInsideForAllThatIsInside(Path jar) throws IOException {
    assertThat(names(jar, name -> name.startsWith("META-INF/")))
        .contains("META-INF/LICENSE", "META-INF/NOTICE", "META-INF/THIRD-PARTY.md");
    String thirdParty = text(jar, "META-INF/THIRD-PARTY.md");
    assertThat(matches("(?m)^\\| ([\\w.]+:[\\w-]+:[\\w.]+) \\|", thirdParty))
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(libraries());
    assertThat(matches("`([\\w./-]*(?:LICENSE|NOTICE)[\\w.-]*)`", thirdParty))
        .allSatisfy(text -> assertThat(text(jar, "META-INF/" + text)).isNotBlank());
    assertThat(text(jar, "META-INF/NOTICE"))
        .contains("Jackson")
        .contains("Micrometer")
        .doesNotContain("Prometheus");
  }

  @ParameterizedTest
  @MethodSource("jars")
  void sizeShouldBeWithinItsBudget(Path jar) throws IOException {
    assertThat(Files.size(jar)).isLessThan(SIZE_BUDGET);
  }

  /** What the build put inside, as the build says: group:artifact:version. */
  private static List<String> libraries() throws IOException {
    String inside = Files.readString(Build.root().resolve("mailet/target/inside.txt"));
    return matches("(?m)^ +([\\w.]+:[\\w-]+):jar:[\\w.]+:(?:compile|runtime)", inside).stream()
        .map(
            name ->
                name + ":" + matches(Pattern.quote(name) + ":jar:([\\w.]+):", inside).getFirst())
        .toList();
  }

  private static List<String> matches(String regex, String text) {
    return Pattern.compile(regex)
        .matcher(text)
        .results()
        .map(JarsIT::firstGroup)
        .distinct()
        .toList();
  }

  private static String firstGroup(MatchResult match) {
    return match.group(1);
  }

  /** Our own classes, without the libraries, that mention a package. */
  private static List<String> ours(Path jar, String mentioned) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .map(JarEntry::getName)
          .filter(name -> name.endsWith(".class") && name.startsWith("io/tlsrpt/"))
          .filter(name -> !name.startsWith("io/tlsrpt/shaded/"))
          .filter(
              name ->
                  // The PostgreSQL driver's new name ends with its old one.
                  text(jar, name)
                      .replace("io/tlsrpt/shaded/org/postgresql/", "")
                      .contains(mentioned))
          .toList();
    }
  }

  private static List<String> names(Path jar, Predicate<String> which) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .filter(entry -> !entry.isDirectory())
          .map(JarEntry::getName)
          .filter(which)
          .toList();
    }
  }

  private static String text(Path jar, String name) {
    try (JarFile file = new JarFile(jar.toFile());
        InputStream in = file.getInputStream(file.getEntry(name))) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;

/** Which room may know which. */
@AnalyzeClasses(packages = "io.tlsrpt", importOptions = DoNotIncludeTests.class)
class RoomsTest {
  private static final String[] JDK = {"java..", "javax.management..", "org.jspecify.."};

  @ArchTest
  static final ArchRule REPORT_KNOWS_JACKSON_CORE =
      classes()
          .that()
          .resideInAPackage("io.tlsrpt.report")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(and("io.tlsrpt.report", "com.fasterxml.jackson.core.."));

  @ArchTest
  static final ArchRule FIGURES_KNOW_REPORT =
      classes()
          .that()
          .resideInAPackage("io.tlsrpt.figures")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(and("io.tlsrpt.report", "io.tlsrpt.figures"));

  @ArchTest
  static final ArchRule STORE_KNOWS_FIGURES =
      classes()
          .that()
          .resideInAPackage("io.tlsrpt.store")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              and(
                  "io.tlsrpt.report",
                  "io.tlsrpt.figures",
                  "io.tlsrpt.store",
                  "org.sqlite..",
                  "com.fasterxml.jackson.core..",
                  "org.slf4j.."));

  @ArchTest
  static final ArchRule ONLY_STORE_KNOWS_DATABASES =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.tlsrpt.store")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "org.sqlite..");

  @ArchTest
  static final ArchRule JMX_KNOWS_FIGURES_AND_MICROMETER =
      classes()
          .that()
          .resideInAPackage("io.tlsrpt.jmx")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              and(
                  "io.tlsrpt.report",
                  "io.tlsrpt.figures",
                  "io.tlsrpt.jmx",
                  "com.fasterxml.jackson.core..",
                  "io.micrometer..",
                  "com.codahale.metrics.."));

  @ArchTest
  static final ArchRule ONLY_MAILET_KNOWS_THE_SERVER =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.tlsrpt.mailet..", "io.tlsrpt.testing")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.james..", "org.apache.mailet..", "jakarta..");

  @ArchTest
  static final ArchRule MESSAGE_KNOWS_NOTHING =
      classes()
          .that()
          .resideInAPackage("io.tlsrpt.message")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(and("io.tlsrpt.message"));

  @ArchTest
  static final ArchRule DKIM_KNOWS_MESSAGE_REPORT_AND_THE_DNS =
      classes()
          .that()
          .resideInAPackage("io.tlsrpt.dkim")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              and(
                  "io.tlsrpt.report",
                  "io.tlsrpt.message",
                  "io.tlsrpt.dkim",
                  "org.xbill..",
                  "com.google.common.."));

  @ArchTest
  static final ArchRule ONLY_DKIM_KNOWS_THE_DNS =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.tlsrpt.dkim", "io.tlsrpt.testing")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.xbill..");

  @ArchTest
  static final ArchRule DEFERRAL_KNOWS_NOTHING_OF_MAILETS =
      noClasses()
          .that()
          .resideInAPackage("io.tlsrpt.mailet.deferral")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.tlsrpt.mailet", "io.tlsrpt.store", "io.tlsrpt.jmx", "org.apache.mailet..");

  @ArchTest
  static final ArchRule MIME_KNOWS_NEITHER_MAILETS_NOR_JAKARTA_MAIL =
      classes()
          .that()
          .resideInAPackage("io.tlsrpt.mailet.mime")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              and(
                  "io.tlsrpt.report",
                  "io.tlsrpt.message",
                  "io.tlsrpt.dkim",
                  "io.tlsrpt.mailet.mime",
                  "org.apache.james.mime4j.codec"));

  @ArchTest
  static final ArchRule NOBODY_USES_THE_GLOBAL_REGISTRY =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("io.micrometer.core.instrument.Metrics");

  private static String[] and(String... packages) {
    String[] all = Arrays.copyOf(JDK, JDK.length + packages.length);
    System.arraycopy(packages, 0, all, JDK.length, packages.length);
    return all;
  }
}

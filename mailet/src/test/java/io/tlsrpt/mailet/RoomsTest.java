// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;

/** Which room may know which. */
@AnalyzeClasses(packages = "io.tlsrpt", importOptions = DoNotIncludeTests.class)
class RoomsTest {
  private static final String WEBADMIN = "io\\.tlsrpt\\.webadmin\\.";
  private static final String[] JDK = {"java..", "javax.management..", "org.jspecify.."};

  @ArchTest
  static final ArchRule REPORT_KNOWS_JACKSON_CORE =
      classes()
          .that()
          .resideInAPackage("io.tlsrpt.report..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(and("io.tlsrpt.report..", "com.fasterxml.jackson.core.."));

  @ArchTest
  static final ArchRule FIGURES_KNOW_REPORT =
      classes()
          .that()
          .resideInAPackage("io.tlsrpt.figures..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(and("io.tlsrpt.report..", "io.tlsrpt.figures.."));

  @ArchTest
  static final ArchRule STORE_KNOWS_FIGURES =
      classes()
          .that()
          .resideInAPackage("io.tlsrpt.store..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              and(
                  "io.tlsrpt.report..",
                  "io.tlsrpt.figures..",
                  "io.tlsrpt.store..",
                  "org.sqlite..",
                  "org.postgresql..",
                  "com.fasterxml.jackson.core..",
                  "org.slf4j.."));

  @ArchTest
  static final ArchRule STORES_DOOR_KNOWS_NO_DATABASE =
      noClasses()
          .that()
          .resideInAPackage("io.tlsrpt.store")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.tlsrpt.store.*..", "java.sql..", "org.sqlite..", "org.postgresql..");

  @ArchTest
  static final ArchRule FOLD_KNOWS_NO_DATABASE =
      noClasses()
          .that()
          .resideInAPackage("io.tlsrpt.store.fold")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.tlsrpt.store.sql..",
              "io.tlsrpt.store.sqlite..",
              "io.tlsrpt.store.postgresql..",
              "java.sql..",
              "org.sqlite..",
              "org.postgresql..");

  @ArchTest
  static final ArchRule ONLY_SQLITE_KNOWS_SQLITE =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.tlsrpt.store.sqlite")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.sqlite..");

  @ArchTest
  static final ArchRule ONLY_POSTGRESQL_KNOWS_POSTGRESQL =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.tlsrpt.store.postgresql", "io.tlsrpt.testing")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.postgresql..");

  @ArchTest
  static final ArchRule ONLY_STORE_KNOWS_DATABASES =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.tlsrpt.store..", "io.tlsrpt.testing")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.sql..",
              "io.tlsrpt.store.fold",
              "io.tlsrpt.store.sql",
              "io.tlsrpt.store.sqlite",
              "io.tlsrpt.store.postgresql");

  @ArchTest
  static final ArchRule VIEW_KNOWS_FIGURES =
      classes()
          .that()
          .resideInAPackage("io.tlsrpt.view")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              and(
                  "io.tlsrpt.report..",
                  "io.tlsrpt.figures..",
                  "io.tlsrpt.view",
                  "com.fasterxml.jackson.core.."));

  @ArchTest
  static final ArchRule JMX_KNOWS_VIEW_AND_THE_PORTS =
      classes()
          .that()
          .resideInAPackage("io.tlsrpt.jmx")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              and(
                  "io.tlsrpt.report..",
                  "io.tlsrpt.figures..",
                  "io.tlsrpt.view",
                  "io.tlsrpt.receiver.port",
                  "io.tlsrpt.jmx",
                  "io.micrometer..",
                  "com.codahale.metrics.."));

  @ArchTest
  static final ArchRule NOTIFICATIONS_KNOW_VIEW_AND_THE_PORTS =
      classes()
          .that()
          .resideInAPackage("io.tlsrpt.notifications")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              and(
                  "io.tlsrpt.report..",
                  "io.tlsrpt.figures..",
                  "io.tlsrpt.view",
                  "io.tlsrpt.receiver.port",
                  "io.tlsrpt.notifications",
                  "org.slf4j.."));

  @ArchTest
  static final ArchRule WEBADMIN_KNOWS_VIEW =
      classes()
          .that()
          .resideInAnyPackage("io.tlsrpt.webadmin", "io.tlsrpt.webadmin.pages")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              and(
                  "io.tlsrpt.report..",
                  "io.tlsrpt.figures..",
                  "io.tlsrpt.view",
                  "io.tlsrpt.webadmin..",
                  "com.fasterxml.jackson.core..",
                  "org.apache.james.webadmin",
                  "spark",
                  "jakarta.servlet..",
                  "jakarta.inject",
                  "org.slf4j"));

  @ArchTest
  static final ArchRule HTTP_KNOWS_NO_PAGE =
      classes()
          .that()
          .resideInAPackage("io.tlsrpt.webadmin.http")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(and("io.tlsrpt.report", "io.tlsrpt.webadmin.http"));

  @ArchTest
  static final ArchRule MARKUP_KNOWS_NO_PAGE =
      classes()
          .that()
          .resideInAPackage("io.tlsrpt.webadmin.markup")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              and(
                  "io.tlsrpt.report..",
                  "io.tlsrpt.figures..",
                  "io.tlsrpt.view",
                  "io.tlsrpt.webadmin.http",
                  "io.tlsrpt.webadmin.markup"));

  @ArchTest
  static final ArchRule ONLY_THE_ROUTES_KNOW_WEBADMIN =
      noClasses()
          .that()
          .resideInAPackage("io.tlsrpt.webadmin..")
          .and()
          .haveNameNotMatching(WEBADMIN + "(TlsReportRoutes|AnswerHeaders)")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.james..", "spark..", "jakarta.servlet..");

  @ArchTest
  static final ArchRule ONLY_WHAT_THE_CONTAINER_MAKES_KNOWS_IT =
      noClasses()
          .that()
          .resideInAPackage("io.tlsrpt.webadmin..")
          .and()
          .haveNameNotMatching(WEBADMIN + "(TlsReportRoutes|RunningReceiver)")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta.inject..");

  @ArchTest
  static final ArchRule METRICS_KNOW_VIEW =
      classes()
          .that()
          .resideInAPackage("io.tlsrpt.webadmin.metrics")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              and(
                  "io.tlsrpt.report..",
                  "io.tlsrpt.figures..",
                  "io.tlsrpt.view",
                  "io.tlsrpt.webadmin.metrics"));

  /** So whatever else puts a text on a page, the text is escaped. */
  @ArchTest
  static final ArchRule ONLY_PAGE_WRITES_MARKUP =
      noClasses()
          .that()
          .haveNameNotMatching(WEBADMIN + "markup\\.(Html|Page)(\\$.*)?")
          .should()
          .callMethodWhere(
              target(name("write")).and(target(owner(name("io.tlsrpt.webadmin.markup.Html")))));

  @ArchTest
  static final ArchRule PAGES_OPEN_NO_SESSION =
      noClasses()
          .that()
          .resideInAPackage("io.tlsrpt.webadmin..")
          .should()
          .callMethodWhere(target(nameMatching("session|getSession")));

  @ArchTest
  static final ArchRule ONLY_MAILET_KNOWS_THE_SERVER =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.tlsrpt.mailet..", "io.tlsrpt.webadmin", "io.tlsrpt.testing..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("org.apache.james..", "org.apache.mailet..", "jakarta..")
                  .and(not(resideInAPackage("org.apache.james.mime4j.codec"))));

  @ArchTest
  static final ArchRule MESSAGE_KNOWS_NOTHING =
      classes()
          .that()
          .resideInAPackage("io.tlsrpt.message")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(and("io.tlsrpt.message"));

  @ArchTest
  static final ArchRule DNS_KNOWS_NO_SIGNATURES =
      classes()
          .that()
          .resideInAPackage("io.tlsrpt.dns")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              and("io.tlsrpt.report", "io.tlsrpt.dns", "org.xbill..", "com.google.common.."));

  @ArchTest
  static final ArchRule DKIM_KNOWS_MESSAGE_REPORT_AND_THE_DNS =
      classes()
          .that()
          .resideInAPackage("io.tlsrpt.dkim")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              and(
                  "io.tlsrpt.report..",
                  "io.tlsrpt.message",
                  "io.tlsrpt.dns",
                  "io.tlsrpt.dkim",
                  "org.xbill..",
                  "com.google.common.."));

  @ArchTest
  static final ArchRule ONLY_WHO_ASKS_KNOWS_THE_DNS =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.tlsrpt.dkim",
              "io.tlsrpt.dns",
              "io.tlsrpt.checks.dns",
              "io.tlsrpt.checks.targets",
              "io.tlsrpt.testing")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.xbill..");

  @ArchTest
  static final ArchRule ONLY_MAILET_KNOWS_CHECKS =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.tlsrpt.checks..", "io.tlsrpt.mailet..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.tlsrpt.checks..");

  @ArchTest
  static final ArchRule CHECKS_KNOW_FIGURES =
      classes()
          .that()
          .resideInAPackage("io.tlsrpt.checks..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              and(
                  "io.tlsrpt.report..",
                  "io.tlsrpt.figures",
                  "io.tlsrpt.figures.posture",
                  "io.tlsrpt.checks..",
                  "org.xbill..",
                  "org.slf4j",
                  "javax.net..",
                  "javax.security.auth.x500"));

  @ArchTest
  static final ArchRule RECORDS_AND_WORDS_OF_CHECKS_KNOW_REPORT =
      classes()
          .that()
          .resideInAnyPackage("io.tlsrpt.checks.records", "io.tlsrpt.checks.words")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              and(
                  "io.tlsrpt.report..",
                  "io.tlsrpt.checks.records",
                  "io.tlsrpt.checks.words",
                  "javax.security.auth.x500"));

  /** A library reads addresses there; of a name it would ask the DNS. */
  @ArchTest
  static final ArchRule TARGETS_ASK_NOBODY =
      noClasses()
          .that()
          .resideInAPackage("io.tlsrpt.checks.targets")
          .should()
          .callMethodWhere(target(nameMatching("getByName|getAllByName")));

  @ArchTest
  static final ArchRule JUDGEMENT_AND_CERTIFICATES_TAKE_THE_TIME_AS_AN_ARGUMENT =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.tlsrpt.checks.certificates",
              "io.tlsrpt.checks.judgement",
              "io.tlsrpt.checks.records",
              "io.tlsrpt.figures.posture")
          .should()
          .callMethodWhere(target(nameMatching("now|currentTimeMillis|nanoTime|instant")));

  @ArchTest
  static final ArchRule ONLY_CONNECTIONS_OPEN_SOCKETS =
      noClasses()
          .that()
          .resideInAPackage("io.tlsrpt.checks..")
          .and()
          .resideOutsideOfPackage("io.tlsrpt.checks.connections")
          .should()
          .dependOnClassesThat(nameMatching("java\\.net\\.Socket|javax\\.net\\..*Socket.*"));

  @ArchTest
  static final ArchRule PORTS_KNOW_FIGURES =
      classes()
          .that()
          .resideInAPackage("io.tlsrpt.receiver.port")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              and("io.tlsrpt.report..", "io.tlsrpt.figures..", "io.tlsrpt.receiver.port"));

  @ArchTest
  static final ArchRule DEFERRAL_KNOWS_WHO_ANSWERS =
      classes()
          .that()
          .resideInAPackage("io.tlsrpt.receiver.deferral")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              and(
                  "io.tlsrpt.report..",
                  "io.tlsrpt.figures..",
                  "io.tlsrpt.dkim",
                  "io.tlsrpt.receiver.deferral",
                  "org.slf4j.."));

  @ArchTest
  static final ArchRule MIME_KNOWS_OCTETS =
      classes()
          .that()
          .resideInAPackage("io.tlsrpt.receiver.mime")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              and(
                  "io.tlsrpt.report..",
                  "io.tlsrpt.message",
                  "io.tlsrpt.dkim",
                  "io.tlsrpt.receiver.mime",
                  "org.apache.james.mime4j.codec"));

  @ArchTest
  static final ArchRule RECEIVER_KNOWS_NEITHER_ITS_SERVER_NOR_WHO_ASKS =
      classes()
          .that()
          .resideInAPackage("io.tlsrpt.receiver..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              and(
                  "io.tlsrpt.report..",
                  "io.tlsrpt.figures..",
                  "io.tlsrpt.store",
                  "io.tlsrpt.store.url",
                  "io.tlsrpt.message",
                  "io.tlsrpt.dkim",
                  "io.tlsrpt.dns",
                  "io.tlsrpt.view",
                  "io.tlsrpt.receiver..",
                  "org.apache.james.mime4j.codec",
                  "org.slf4j.."));

  @ArchTest
  static final ArchRule NO_ARROW_RUNS_IN_A_CIRCLE =
      slices().matching("io.tlsrpt.(**)").should().beFreeOfCycles();

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

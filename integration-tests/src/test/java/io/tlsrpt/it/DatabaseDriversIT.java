// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tlsrpt.testing.FreshDatabase;
import io.tlsrpt.testing.PostgresServer;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqlite.JDBC;

/** The databases' drivers inside our jars, loaded as James loads extensions. */
class DatabaseDriversIT {
  private static final String POSTGRESQL = "io.tlsrpt.shaded.org.postgresql.Driver";
  private static final String SQLITE = "org.sqlite.JDBC";

  @TempDir Path directory;

  static Stream<Path> jars() {
    return Stream.of(Build.jar(), Build.jarForJames38());
  }

  @ParameterizedTest
  @MethodSource("jars")
  void postgresqlsShouldConnectUnderItsNewName(Path jar) throws Exception {
    try (FreshDatabase database = PostgresServer.shared().newDatabase();
        URLClassLoader extensions = extensions(jar);
        Connection connection = connect(extensions, POSTGRESQL, database.url())) {
      assertThat(connection.getClass().getName()).startsWith("io.tlsrpt.shaded.org.postgresql.");
      assertThat(answer(connection, "SELECT current_user")).isEqualTo(database.name());
      assertThatThrownBy(() -> answer(connection, "SELECT nothing"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42703"));
    }
  }

  @Test
  void wholeSqliteJarBesideOursShouldServeOtherPlatforms() throws Exception {
    Path ours = directory.resolve("ours.jar");
    copyWithoutNatives(Build.jar(), ours);
    Path whole = Path.of(JDBC.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    String url = "jdbc:sqlite:" + directory.resolve("reports.db");

    for (List<Path> order : List.of(List.of(ours, whole), List.of(whole, ours))) {
      try (URLClassLoader extensions = extensions(order.toArray(Path[]::new));
          Connection connection = connect(extensions, SQLITE, url)) {
        assertThat(answer(connection, "SELECT 'opened'")).isEqualTo("opened");
      }
    }
  }

  private static void copyWithoutNatives(Path from, Path to) throws IOException {
    try (JarFile jar = new JarFile(from.toFile());
        JarOutputStream copy = new JarOutputStream(Files.newOutputStream(to))) {
      for (JarEntry entry : jar.stream().toList()) {
        if (!entry.getName().startsWith("org/sqlite/native/")) {
          copy.putNextEntry(new JarEntry(entry.getName()));
          jar.getInputStream(entry).transferTo(copy);
        }
      }
    }
  }

  private static URLClassLoader extensions(Path... jars) throws IOException {
    URL[] urls = new URL[jars.length];
    for (int i = 0; i < jars.length; i++) {
      urls[i] = jars[i].toUri().toURL();
    }
    return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
  }

  private static Connection connect(ClassLoader extensions, String driver, String url)
      throws ReflectiveOperationException, SQLException {
    Driver loaded = (Driver) extensions.loadClass(driver).getConstructor().newInstance();
    return requireNonNull(loaded.connect(url, new Properties()));
  }

  private static String answer(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}

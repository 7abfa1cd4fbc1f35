// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A real James whose WebAdmin has our pages, with the reports of the sample installation. */
record PagesServer(JamesServer james, int port) implements AutoCloseable {
  /** Makes the home of a server with the sample installation's past, without any credentials. */
  static JamesHome home(
      String name, int port, SampleInstallation samples, Path database, Reporters reporters)
      throws IOException {
    JamesHome home =
        JamesHome.create(Build.directory(name), Ports.free(), Build.jarForJames38())
            .withDns(reporters.dns())
            .withPages(port)
            .serving(samples.domains().toArray(String[]::new));
    // James serves its default domain, too: one of the sample's, not one more.
    home.edit(
        "domainlist.xml",
        "<defaultDomain>localhost<",
        "<defaultDomain>" + SampleInstallation.WORST + "<");
    home.edit(
        "mailetcontainer.xml",
        "IsTlsReport=tlsrpt@example.com",
        "IsTlsReport=" + SampleInstallation.RUA);
    Path kept = Files.createDirectories(home.directory().resolve("var/tlsrpt"));
    Files.copy(database, kept.resolve("reports.db"));
    return home;
  }

  /** Imports the sample installation's mailbox, as the document says. */
  static Path importMails(SampleInstallation samples, Path directory)
      throws IOException, InterruptedException {
    Path mailbox = directory.resolve("mailbox");
    samples.writeMailbox(mailbox);
    Path database = directory.resolve("imported.db");
    Files.deleteIfExists(database);
    Process command =
        new ProcessBuilder(
                List.of(
                    JamesServer.java().toString(),
                    "-Dlogback.configurationFile="
                        + Build.root()
                            .resolve(
                                "integration-tests/src/main/resources/io/tlsrpt/it/james/logback.xml"),
                    "-cp",
                    Build.jarForJames38() + File.pathSeparator + Build.classPathOfJames38(),
                    "io.tlsrpt.mailet.ImportReports",
                    "--to",
                    database.toString(),
                    "--mails",
                    "--unsigned",
                    "--domains",
                    String.join(",", samples.domains()),
                    mailbox.toString()))
            .redirectErrorStream(true)
            .start();
    String said = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(command.waitFor()).as(said).isZero();
    return database;
  }

  /** Where the pages are. */
  String address() {
    return "http://127.0.0.1:" + port + "/tlsrpt";
  }

  @Override
  public void close() {
    james.close();
  }
}

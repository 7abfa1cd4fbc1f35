// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import io.tlsrpt.testing.DnsServer;
import io.tlsrpt.testing.FreshDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The directory of one James: {@code conf/} with our sample configuration over the least that a
 * server needs, and {@code extensions-jars/} with the jar.
 */
public final class JamesHome {
  private static final List<String> SERVER_FILES =
      List.of(
          "dnsservice.xml",
          "domainlist.xml",
          "imapserver.xml",
          "jmap.properties",
          "jvm.properties",
          "listeners.xml",
          "lmtpserver.xml",
          "logback.xml",
          "mailrepositorystore.xml",
          "managesieveserver.xml",
          "pop3server.xml",
          "recipientrewritetable.xml",
          "smtpserver.xml",
          "usersrepository.xml",
          "webadmin.properties");
  private static final List<String> SAMPLE_FILES =
      List.of("mailetcontainer.xml", "jmx.properties", "healthcheck.properties");

  private final Path directory;
  private final Ports ports;
  private final List<String> jvmOptions = new ArrayList<>();

  private JamesHome(Path directory, Ports ports) {
    this.directory = directory;
    this.ports = ports;
  }

  /** Makes a new home; what was there before is deleted. */
  public static JamesHome create(Path directory, Ports ports, Path jar) {
    try {
      delete(directory);
      JamesHome home = new JamesHome(directory, ports);
      Files.createDirectories(home.conf());
      Files.createDirectories(directory.resolve("tmp"));
      for (String name : SERVER_FILES) {
        Files.writeString(home.conf().resolve(name), home.serverFile(name));
      }
      for (String name : SAMPLE_FILES) {
        Files.copy(Build.conf().resolve(name), home.conf().resolve(name));
      }
      home.edit("jmx.properties", "jmx.port=9999", "jmx.port=" + ports.jmx());
      home.install(jar);
      return home;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String serverFile(String name) throws IOException {
    try (InputStream in = JamesHome.class.getResourceAsStream("james/" + name)) {
      if (in == null) {
        throw new IllegalStateException("james/" + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("@smtp.port@", String.valueOf(ports.smtp()))
          .replace("@imap.port@", String.valueOf(ports.imap()));
    }
  }

  /** Has the server ask a DNS server on a port of its own. */
  public JamesHome withDns(DnsServer dns) {
    String root = "<processor state=\"root\" enableJmx=\"true\">";
    edit(
        "mailetcontainer.xml",
        root,
        root
            + "<mailet match=\"All\" class=\""
            + DnsServer.MAILET
            + "\"><port>"
            + dns.port()
            + "</port></mailet>");
    try {
      install(Build.jarForTesting());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Serves domains by configuration: the list of this James is gone when its process is. */
  public JamesHome serving(String... domains) {
    String before = "<defaultDomain>localhost</defaultDomain>";
    edit(
        "domainlist.xml",
        before,
        before
            + Stream.of(domains)
                .map(domain -> "<domainname>" + domain + "</domainname>")
                .collect(Collectors.joining("", "<domainnames>", "</domainnames>")));
    return this;
  }

  /** Has reports kept in a database that other servers may share. */
  public JamesHome withDatabase(FreshDatabase database) {
    edit(
        "mailetcontainer.xml",
        "<!-- <database>jdbc:sqlite:/var/lib/james/tlsrpt/reports.db</database> -->",
        "<database>" + database.urlWithoutLogin().replace("&", "&amp;") + "</database>");
    edit(
        "mailetcontainer.xml",
        "<!-- <databaseUser>tlsrpt</databaseUser> -->",
        "<databaseUser>" + database.name() + "</databaseUser>");
    edit(
        "mailetcontainer.xml",
        "<!-- <databasePassword>secret</databasePassword> -->",
        "<databasePassword>" + database.password() + "</databasePassword>");
    return this;
  }

  /** Has an address told by mail, by notices that wait for others no longer than this. */
  public JamesHome withNotifications(String address, Duration gathering) {
    edit(
        "mailetcontainer.xml",
        "<!-- <notify>admin@example.net</notify> -->",
        "<notify>" + address + "</notify>");
    return withJvmOption("-Dio.tlsrpt.notifications.gathering=" + gathering.toSeconds());
  }

  /** Has WebAdmin answer on loopback, without credentials. */
  public JamesHome withWebAdmin(int port) {
    edit(
        "webadmin.properties",
        "enabled=false",
        "enabled=true\nhost=127.0.0.1\nport=" + port + "\njwt.enabled=false\n");
    return this;
  }

  /** Has WebAdmin answer as in our sample configuration, with the pages. */
  public JamesHome withPages(int port) {
    try {
      Files.copy(
          Build.conf().resolve("webadmin.properties"),
          conf().resolve("webadmin.properties"),
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    edit("webadmin.properties", "port=8000", "port=" + port);
    edit("webadmin.properties", "127.0.0.1:8000", "127.0.0.1:" + port);
    return this;
  }

  /**
   * Has WebAdmin, by the settings that the sample has as comments, want tokens that are signed with
   * the private key of this public one.
   */
  public JamesHome withTokens(PublicKey key) {
    edit("webadmin.properties", "# jwt.enabled", "jwt.enabled");
    edit("webadmin.properties", "# jwt.publickeypem.url", "jwt.publickeypem.url");
    try {
      Files.writeString(
          conf().resolve("jwt_publickey"),
          "-----BEGIN PUBLIC KEY-----\n"
              + Base64.getMimeEncoder().encodeToString(key.getEncoded())
              + "\n-----END PUBLIC KEY-----\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /**
   * Has the Prometheus JMX exporter answer on loopback.
   *
   * @param rules a file of {@code conf/prometheus}
   */
  public JamesHome withJmxExporter(int port, String rules) {
    try {
      Files.copy(Build.conf().resolve("prometheus").resolve(rules), conf().resolve(rules));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    jvmOptions.add("-javaagent:" + Build.jmxExporter() + "=127.0.0.1:" + port + ":conf/" + rules);
    return this;
  }

  /** Has James' JVM started with an option more. */
  public JamesHome withJvmOption(String option) {
    jvmOptions.add(option);
    return this;
  }

  private void install(Path jar) throws IOException {
    Path extensions = Files.createDirectories(directory.resolve("extensions-jars"));
    Files.copy(jar, extensions.resolve(jar.getFileName()));
  }

  /** Changes a line of the configuration, which must be there. */
  public void edit(String file, String before, String after) {
    Path path = conf().resolve(file);
    try {
      String text = Files.readString(path);
      if (!text.contains(before)) {
        throw new IllegalStateException(file + " has no " + before);
      }
      Files.writeString(path, text.replace(before, after));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> jvmOptions() {
    return List.copyOf(jvmOptions);
  }

  Path directory() {
    return directory;
  }

  Path conf() {
    return directory.resolve("conf");
  }

  Path log() {
    return directory.resolve("james.log");
  }

  public Ports ports() {
    return ports;
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(directory)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}

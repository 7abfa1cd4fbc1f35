// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A real reverse proxy with the very lines of {@code docs/webadmin.md}: only ports, secrets and the
 * place of the file with the login are others.
 */
final class ReverseProxy implements AutoCloseable {
  static final String LOGIN = "helpdesk";
  static final String PASSWORD = "look, do not touch";

  /** Of {@link #PASSWORD}, by {@code caddy hash-password}. */
  private static final String HASH = "$2a$14$TMJClkmHofKqMswbgfBpie2PvIM1OkVnJbrk.SJCSBZzzwGLGWMT2";

  private static final Duration START = Duration.ofSeconds(30);

  /** Which program. */
  enum Kind {
    NGINX("/usr/sbin/nginx", "nginx"),
    CADDY("/usr/bin/caddy", "caddyfile");

    private final String program;
    private final String language;

    Kind(String program, String language) {
      this.program = program;
      this.language = language;
    }

    /** In CI they must be there; elsewhere a test without them is skipped. */
    void assumeInstalled() {
      boolean installed = Files.isExecutable(Path.of(program));
      if (Boolean.parseBoolean(System.getenv("CI"))) {
        assertThat(installed).as(program + " is installed").isTrue();
      }
      assumeTrue(installed, program + " is not installed");
    }

    /** The lines of the document. */
    String snippet() {
      try {
        Matcher snippet =
            Pattern.compile("(?s)```" + language + "\n(.*?)```")
                .matcher(Files.readString(Build.root().resolve("docs/webadmin.md")));
        assertThat(snippet.find()).as("webadmin.md has lines for " + program).isTrue();
        return snippet.group(1);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private final int port;
  private final Process process;

  private ReverseProxy(int port, Process process) {
    this.port = port;
    this.process = process;
  }

  /**
   * Starts it on loopback.
   *
   * @param directory where its files go
   * @param snippet of the document, perhaps changed as the document says
   * @param webAdmin the port that stands behind it
   * @param secrets what stands in the snippet in angle brackets, by name
   */
  static ReverseProxy start(
      Kind kind, Path directory, String snippet, int webAdmin, Map<String, String> secrets)
      throws IOException {
    int port = Ports.anyFree();
    String lines = snippet.replace("127.0.0.1:8000", "127.0.0.1:" + webAdmin);
    for (Map.Entry<String, String> secret : secrets.entrySet()) {
      lines = lines.replace("<" + secret.getKey() + ">", secret.getValue());
    }
    Files.createDirectories(directory);
    ProcessBuilder process =
        switch (kind) {
          case NGINX -> nginx(directory, lines, port);
          case CADDY -> caddy(directory, lines, port);
        };
    ReverseProxy proxy =
        new ReverseProxy(
            port,
            process
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("proxy.log").toFile())
                .start());
    Waiting.until(START, kind + " listens", () -> proxy.listens(directory));
    return proxy;
  }

  private static ProcessBuilder nginx(Path directory, String lines, int port) throws IOException {
    Path login = directory.resolve("tlsrpt.htpasswd");
    Files.writeString(login, LOGIN + ":{PLAIN}" + PASSWORD + "\n");
    Files.writeString(
        directory.resolve("nginx.conf"),
        """
        %s
        daemon off;
        pid nginx.pid;
        error_log stderr;
        events {}
        http {
          access_log off;
          client_body_temp_path body;
          proxy_temp_path proxy;
          fastcgi_temp_path fastcgi;
          uwsgi_temp_path uwsgi;
          scgi_temp_path scgi;
          server {
            listen 127.0.0.1:%d;
        %s  }
        }
        """
            .formatted(
                // Only root may become somebody else; who would then not be let into our directory.
                System.getProperty("user.name").equals("root") ? "user root;" : "",
                port,
                lines.replace("/etc/nginx/tlsrpt.htpasswd", login.toString())));
    return new ProcessBuilder(Kind.NGINX.program, "-p", directory.toString(), "-c", "nginx.conf");
  }

  private static ProcessBuilder caddy(Path directory, String lines, int port) throws IOException {
    Path file = directory.resolve("Caddyfile");
    Files.writeString(
        file,
        """
        {
            admin off
            auto_https off
            default_bind 127.0.0.1
        }
        """
            + lines
                .replace("mail.example.com {", "http://127.0.0.1:" + port + " {")
                .replace("<hash>", HASH));
    ProcessBuilder process =
        new ProcessBuilder(
            Kind.CADDY.program, "run", "--config", file.toString(), "--adapter", "caddyfile");
    process.environment().put("XDG_CONFIG_HOME", directory.resolve("config").toString());
    process.environment().put("XDG_DATA_HOME", directory.resolve("data").toString());
    return process;
  }

  private boolean listens(Path directory) {
    if (!process.isAlive()) {
      try {
        throw new IllegalStateException(Files.readString(directory.resolve("proxy.log")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return !Ports.isFree(port);
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import io.tlsrpt.report.DomainName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that keeps which MX hosts are ours, a line for each: its name, when it was first and
 * last seen, and the domain whose MX host it is if that is one alone. A line that cannot be read is
 * left out. Without a readable file nothing is kept: two looks later all is known again.
 */
final class OwnHostsFile {
  private static final Logger LOGGER = LoggerFactory.getLogger(OwnHostsFile.class);
  private static final int MOST_OCTETS = 1 << 20;
  private static final Pattern BLANK = Pattern.compile(" ");

  private final Path file;

  OwnHostsFile(Path file) {
    this.file = file;
  }

  Map<DomainName, Sightings> read() {
    Map<DomainName, Sightings> hosts = new HashMap<>();
    try (InputStream in = Files.newInputStream(file)) {
      new String(in.readNBytes(MOST_OCTETS), StandardCharsets.UTF_8)
          .lines()
          .limit(2L * OwnHosts.MOST)
          .forEach(line -> read(line, hosts));
    } catch (NoSuchFileException e) {
      // The server starts for the first time, or somebody has deleted the file.
    } catch (IOException e) {
      LOGGER.warn("{} cannot be read: which MX hosts are ours is known after two looks", file, e);
    }
    return hosts;
  }

  private static void read(String line, Map<DomainName, Sightings> hosts) {
    List<String> words = BLANK.splitAsStream(line).toList();
    try {
      Sightings seen =
          new Sightings(
              Instant.parse(words.get(1)),
              Instant.parse(words.get(2)),
              words.size() > 3 ? DomainName.parse(words.get(3)) : Optional.empty());
      DomainName.parse(words.getFirst()).ifPresent(host -> hosts.put(host, seen));
    } catch (DateTimeParseException | IndexOutOfBoundsException e) {
      LOGGER.debug("A line is left out: {}", line, e);
    }
  }

  /** Whether it could be written. */
  boolean write(Map<DomainName, Sightings> hosts) {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    List<String> lines =
        hosts.entrySet().stream()
            .map(host -> line(host.getKey(), host.getValue()))
            .sorted()
            .toList();
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(next, lines);
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (IOException e) {
      LOGGER.warn(
          "{} cannot be written: after a restart MX hosts are ours after two looks only", file, e);
      return false;
    }
  }

  private static String line(DomainName host, Sightings seen) {
    return host
        + " "
        + seen.first()
        + " "
        + seen.last()
        + seen.domain().map(domain -> " " + domain).orElse("");
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.dns;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * A zone's file, signed or not by the tools of NLnet Labs.
 *
 * @param file what a server is to serve
 * @param trustAnchor a file with the key that a resolver is to trust
 */
record SignedZone(String name, Path file, List<Path> trustAnchor) {
  private static final Path KEYGEN = Path.of("/usr/bin/ldns-keygen");
  private static final Path SIGN = Path.of("/usr/bin/ldns-signzone");

  static boolean canSign() {
    return Files.isExecutable(KEYGEN) && Files.isExecutable(SIGN);
  }

  /** Nobody trusts a key of it. */
  static SignedZone unsigned(Path directory, String name, String... records) throws IOException {
    String file = name.equals(".") ? "root.zone" : name + "zone";
    return new SignedZone(
        name, Files.writeString(directory.resolve(file), text(name, records)), List.of());
  }

  /** Signed from yesterday on, with a key that is trusted. */
  static SignedZone signed(Path directory, String name, String... records) throws Exception {
    SignedZone zone = unsigned(directory, name, records);
    String key = run(directory, KEYGEN.toString(), "-a", "ECDSAP256SHA256", "-k", name).strip();
    return new SignedZone(
        name, sign(directory, zone.file(), key, -1, 30), List.of(directory.resolve(key + ".key")));
  }

  private static Path sign(Path directory, Path file, String key, int from, int to)
      throws Exception {
    run(directory, SIGN.toString(), "-i", day(from), "-e", day(to), file.toString(), key);
    return directory.resolve(file + ".signed");
  }

  /**
   * The same with signatures of other days, counted from today; but the key set is signed as
   * before, as it is where the key that signs it is kept apart.
   */
  SignedZone signedAgain(Path directory, int from, int to) throws Exception {
    List<String> now = Files.readAllLines(file);
    Path key = requireNonNull(trustAnchor.getFirst().getFileName());
    sign(directory, unsignedFile(), key.toString().replace(".key", ""), from, to);
    List<String> then = Files.readAllLines(file);
    then.removeIf(line -> line.contains("DNSKEY"));
    now.removeIf(line -> !line.contains("DNSKEY"));
    then.addAll(now);
    Files.write(file, then);
    return this;
  }

  /** The key of a signed zone is trusted, but the zone is served as it was before. */
  SignedZone stripped() {
    return new SignedZone(name, unsignedFile(), trustAnchor);
  }

  private Path unsignedFile() {
    String signed = file.toString();
    return Path.of(signed.substring(0, signed.lastIndexOf('.')));
  }

  private static String text(String name, String... records) {
    String nameServer = name.equals(".") ? "ns." : "ns." + name;
    return String.join(
        "\n",
        "$ORIGIN " + name,
        "$TTL 300",
        "@ IN SOA %s root.%s 1 3600 600 86400 300".formatted(nameServer, nameServer),
        "@ IN NS " + nameServer,
        nameServer + " IN A 127.0.0.1",
        String.join("\n", records),
        "");
  }

  private static String day(int fromToday) {
    return LocalDate.now(ZoneOffset.UTC)
        .plusDays(fromToday)
        .format(DateTimeFormatter.BASIC_ISO_DATE);
  }

  private static String run(Path directory, String... command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), US_ASCII);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed");
    }
    return output;
  }
}

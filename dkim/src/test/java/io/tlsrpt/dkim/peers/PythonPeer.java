// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim.peers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Debian's python3-dkim, or its libopendkim as called from Python, in a process of its own. */
final class PythonPeer implements SigningPeer {
  /** Debian's own interpreter, which sees Debian's modules. */
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  private static final String SCRIPTS = "src/test/resources/io/tlsrpt/dkim/peers/";

  private final String name;
  private final Process process;
  private final BufferedWriter in;
  private final BufferedReader out;

  private PythonPeer(String name, Process process) {
    this.name = name;
    this.process = process;
    this.in = process.outputWriter(US_ASCII);
    this.out = process.inputReader(US_ASCII);
  }

  static SigningPeer dkimpy() throws IOException {
    return start("dkimpy");
  }

  static SigningPeer openDkim() throws IOException {
    return start("opendkim");
  }

  /** Whether the packages python3-dkim, python3-nacl and libopendkim11 are there. */
  static boolean areInstalled() throws IOException, InterruptedException {
    return Files.isExecutable(PYTHON)
        && new ProcessBuilder(
                    PYTHON.toString(),
                    "-I",
                    "-c",
                    "import ctypes, dkim, nacl; ctypes.CDLL('libopendkim.so.11')")
                .start()
                .waitFor()
            == 0;
  }

  private static SigningPeer start(String name) throws IOException {
    return new PythonPeer(
        name,
        // Without compiled files next to the scripts.
        new ProcessBuilder(PYTHON.toString(), "-B", SCRIPTS + name + ".py")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Optional<String>> objections(List<Signed> mails) {
    return ask(
            "verify",
            2,
            mails.stream().flatMap(signed -> Stream.of(signed.mail().text(), signed.keyRecord())))
        .map(objection -> objection.isEmpty() ? Optional.<String>empty() : Optional.of(objection))
        .toList();
  }

  @Override
  public List<Optional<Mail>> sign(List<Unsigned> mails) {
    return ask("sign", 8, mails.stream().flatMap(PythonPeer::words))
        .map(text -> text.isEmpty() ? Optional.<Mail>empty() : Optional.of(Mail.of(text)))
        .toList();
  }

  private static Stream<String> words(Unsigned unsigned) {
    Plan plan = unsigned.plan();
    return Stream.of(
        unsigned.mail().text(),
        Keys.SELECTOR,
        Keys.DOMAIN,
        plan.algorithm(),
        unsigned.key().privateKeyInPem(),
        plan.header(),
        plan.body(),
        String.join(":", plan.names()));
  }

  /** Sends a command with each group of {@code width} words; one answer for each group. */
  private Stream<String> ask(String command, int width, Stream<String> words) {
    try {
      in.write(
          words
              .map(word -> " ." + Base64.getEncoder().encodeToString(word.getBytes(ISO_8859_1)))
              .collect(Collectors.joining("", command + " " + width, "\n")));
      in.flush();
      String answers = out.readLine();
      if (answers == null) {
        throw new IOException(name + " has ended");
      }
      return Arrays.stream(answers.split(" ", 0))
          .filter(answer -> !answer.isEmpty())
          .map(answer -> new String(Base64.getDecoder().decode(answer.substring(1)), ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}

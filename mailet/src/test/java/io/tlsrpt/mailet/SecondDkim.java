// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;

/** Another implementation of DKIM, Debian's python3-dkim, in a process of its own. */
final class SecondDkim implements AutoCloseable {
  /** Debian's own interpreter, which sees Debian's modules. */
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  private static final String SCRIPT = "src/test/resources/io/tlsrpt/mailet/second_dkim.py";

  private final Process process;
  private final BufferedWriter in;
  private final BufferedReader out;

  private SecondDkim(Process process) {
    this.process = process;
    this.in = process.outputWriter(US_ASCII);
    this.out = process.inputReader(US_ASCII);
  }

  static boolean isInstalled() throws IOException, InterruptedException {
    return Files.isExecutable(PYTHON)
        && new ProcessBuilder(PYTHON.toString(), "-c", "import dkim").start().waitFor() == 0;
  }

  static SecondDkim start() throws IOException {
    return new SecondDkim(
        new ProcessBuilder(PYTHON.toString(), SCRIPT)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** The mail with a signature on top. */
  String sign(String mail, String selector, String domain, String key, String canonicalization)
      throws IOException {
    String[] both = canonicalization.split("/", -1);
    return ask("sign", mail, selector, domain, key, both[0], both[1]);
  }

  /** Whether the topmost signature is good. */
  boolean verifies(String mail, String record) throws IOException {
    return ask("verify", mail, record).equals("good");
  }

  private String ask(String command, String... arguments) throws IOException {
    in.write(
        command
            + Arrays.stream(arguments)
                .map(text -> " " + Base64.getEncoder().encodeToString(text.getBytes(UTF_8)))
                .collect(Collectors.joining())
            + "\n");
    in.flush();
    String answer = out.readLine();
    if (answer == null) {
      throw new IOException("python3-dkim has ended");
    }
    return new String(Base64.getDecoder().decode(answer), UTF_8);
  }

  @Override
  public void close() {
    process.destroy();
  }
}

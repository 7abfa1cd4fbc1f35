// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks;

import io.tlsrpt.testing.DkimKey;
import io.tlsrpt.testing.DkimSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * CPU time of the first mails after a JVM's start, while its compiler works: each row is a JVM of
 * its own, which gets the mail as a file, so that making and signing it has warmed nothing.
 */
final class FirstMails {
  private static final String USAGE = "arguments: mails, JVMs for each row";

  private FirstMails() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length != 2) {
      throw new IllegalArgumentException(USAGE);
    }
    DkimKey key = DkimKey.rsa(2048);
    byte[] mail = SampleMail.signedBy(DkimSigner.of("reporter.example", "s1", key));
    Path file = Files.createTempFile("mail", ".eml");
    try {
      Files.write(file, mail);
      System.out.println("a mail of " + mail.length + " octets");
      for (int i = 0; i < Integer.parseInt(args[1]); i++) {
        run(List.of(args[0], file.toString()));
        run(List.of(args[0], file.toString(), key.record()));
      }
    } finally {
      Files.delete(file);
    }
  }

  private static void run(List<String> arguments) throws IOException, InterruptedException {
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-classpath",
            System.getProperty("java.class.path"),
            FirstMailsProcess.class.getName());
    java.command().addAll(arguments);
    if (java.inheritIO().start().waitFor() != 0) {
      throw new IOException("the process has failed");
    }
  }
}

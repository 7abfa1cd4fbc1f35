// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tlsrpt.dkim.Authenticity;
import io.tlsrpt.dkim.DkimAuthenticator;
import io.tlsrpt.dkim.KnownKeys;
import io.tlsrpt.dns.WaitingThread;
import io.tlsrpt.message.RawMail;
import io.tlsrpt.testing.DkimKey;
import io.tlsrpt.testing.DkimSigner;
import io.tlsrpt.testing.DnsServer;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A signed report mail of 5 KB verified with a cached key: from its octets, and once its header is
 * read; beside the JDK's bare verification by the same algorithm.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SignatureBenchmark {
  private static final int SIGNED_HEADER = 700;

  /** Bits of an RSA key, or the other algorithm. */
  @Param({"1024", "2048", "4096", "ed25519"})
  String key;

  private DnsServer dns = DnsServer.start();
  private DkimAuthenticator authenticator =
      DkimAuthenticator.withServersDns(
          new KnownKeys(InstantSource.system()), InstantSource.system(), key -> {});
  private String jdkName = "";
  private DkimKey pair = DkimKey.ed25519();
  private byte[] mail = new byte[0];
  private RawMail read = RawMail.of(mail, 0);
  private byte[] signed = new byte[0];
  private byte[] signature = new byte[0];

  @Setup
  public void sign() throws GeneralSecurityException {
    dns.useInThisProcess();
    boolean isRsa = !key.equals("ed25519");
    jdkName = isRsa ? "SHA256withRSA" : "Ed25519";
    pair = isRsa ? DkimKey.rsa(Integer.parseInt(key)) : DkimKey.ed25519();
    DkimSigner signer =
        DkimSigner.of("reporter.example", "s1", pair)
            .withAlgorithm(isRsa ? "rsa-sha256" : "ed25519-sha256");
    dns.serveText(signer.keyName(), pair.record());
    mail = signer.sign(report()).getBytes(UTF_8);
    read = RawMail.of(mail, mail.length);
    // RFC 8463 §3: what Ed25519 signs is the hash.
    signed = new byte[isRsa ? SIGNED_HEADER : 32];
    Signature jdk = Signature.getInstance(jdkName);
    jdk.initSign(pair.pair().getPrivate());
    jdk.update(signed);
    signature = jdk.sign();
    if (!(verified() instanceof Authenticity.Authenticated) || !jdkAlone()) {
      throw new IllegalStateException("the mail is not believed");
    }
  }

  private static String report() {
    return """
        From: Reports <noreply@reporter.example>
        To: tlsrpt@example.com
        Subject: Report Domain: example.com Submitter: reporter.example Report-ID: <1@reporter.example>
        Message-ID: <1@reporter.example>
        TLS-Report-Domain: example.com
        TLS-Report-Submitter: reporter.example
        Content-Type: application/tlsrpt+gzip
        Content-Transfer-Encoding: base64

        %s
        """
        .formatted(Base64.getMimeEncoder().encodeToString(new byte[3_000]))
        .replace("\r\n", "\n")
        .replace("\n", "\r\n");
  }

  @TearDown
  public void close() {
    authenticator.close();
    dns.close();
  }

  @Benchmark
  public Authenticity verified() {
    return authenticator.judge(RawMail.of(mail, mail.length), Instant.now(), WaitingThread.SPOOLER);
  }

  @Benchmark
  public Authenticity judged() {
    return authenticator.judge(read, Instant.now(), WaitingThread.SPOOLER);
  }

  @Benchmark
  public boolean jdkAlone() throws GeneralSecurityException {
    Signature jdk = Signature.getInstance(jdkName);
    jdk.initVerify(pair.pair().getPublic());
    jdk.update(signed);
    return jdk.verify(signature);
  }
}

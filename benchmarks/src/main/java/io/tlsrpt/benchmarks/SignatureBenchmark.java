// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tlsrpt.dkim.Authenticity;
import io.tlsrpt.dkim.Caller;
import io.tlsrpt.dkim.DkimAuthenticator;
import io.tlsrpt.dkim.RawMail;
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

/** A signed report mail of 5 KB verified with a cached key, beside the JDK's RSA alone. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SignatureBenchmark {
  private static final int SIGNED_HEADER = 700;

  @Param({"1024", "2048", "4096"})
  int bits;

  private DnsServer dns = DnsServer.start();
  private DkimAuthenticator authenticator =
      DkimAuthenticator.withServersDns(InstantSource.system());
  private DkimKey key = DkimKey.rsa(1024);
  private byte[] mail = new byte[0];
  private byte[] header = new byte[SIGNED_HEADER];
  private byte[] signature = new byte[0];

  @Setup
  public void sign() throws GeneralSecurityException {
    dns.useInThisProcess();
    key = DkimKey.rsa(bits);
    DkimSigner signer = DkimSigner.of("reporter.example", "s1", key);
    dns.serveText(signer.keyName(), key.record());
    mail = signer.sign(report()).getBytes(UTF_8);
    Signature rsa = Signature.getInstance("SHA256withRSA");
    rsa.initSign(key.pair().getPrivate());
    rsa.update(header);
    signature = rsa.sign();
    if (!(verified() instanceof Authenticity.Authenticated) || !rsaAlone()) {
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
    return authenticator.judge(RawMail.of(mail, mail.length), Instant.now(), Caller.SERVER);
  }

  @Benchmark
  public boolean rsaAlone() throws GeneralSecurityException {
    Signature rsa = Signature.getInstance("SHA256withRSA");
    rsa.initVerify(key.pair().getPublic());
    rsa.update(header);
    return rsa.verify(signature);
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import io.tlsrpt.testing.tls.ServerCertificate;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/** The certificate of James' SMTP server, in a file that an administrator exchanges. */
record ServerKeys(Path file) {
  private static final String PASSWORD = "secret";

  /** Has a James offer STARTTLS with a certificate. */
  static ServerKeys install(JamesHome home, ServerCertificate certificate) {
    home.edit(
        "smtpserver.xml",
        "<tls socketTLS=\"false\" startTLS=\"false\"/>",
        """
        <tls socketTLS="false" startTLS="true">
          <keystore>file://conf/mx.p12</keystore>
          <keystoreType>PKCS12</keystoreType>
          <secret>%s</secret>
        </tls>"""
            .formatted(PASSWORD));
    ServerKeys keys = new ServerKeys(home.conf().resolve("mx.p12"));
    keys.exchange(certificate);
    return keys;
  }

  /** Puts another certificate into the file. */
  void exchange(ServerCertificate certificate) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "mx",
          certificate.key(),
          PASSWORD.toCharArray(),
          certificate.chain().toArray(X509Certificate[]::new));
      try (OutputStream out = Files.newOutputStream(file)) {
        store.store(out, PASSWORD.toCharArray());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The TLSA record that pins a certificate's key: 3 1 1 (RFC 7672 §3.1.1). */
  static String tlsa(ServerCertificate certificate) {
    try {
      byte[] key = certificate.own().getPublicKey().getEncoded();
      return "3 1 1 " + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}

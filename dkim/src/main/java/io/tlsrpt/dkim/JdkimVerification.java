// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import io.tlsrpt.dkim.DkimAuthenticator.Candidate;
import io.tlsrpt.dkim.RawMail.Field;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.api.BodyHasher;
import org.apache.james.jdkim.api.Headers;
import org.apache.james.jdkim.api.PublicKeyRecord;
import org.apache.james.jdkim.api.SignatureRecord;
import org.apache.james.jdkim.exceptions.FailException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has jDKIM verify one signature of a mail with one key, both of which have been weighed. */
final class JdkimVerification {
  private static final Logger LOGGER = LoggerFactory.getLogger(JdkimVerification.class);

  private final RawMail mail;
  private final Candidate signature;
  private final ReportKey key;

  JdkimVerification(RawMail mail, Candidate signature, ReportKey key) {
    this.mail = mail;
    this.signature = signature;
    this.key = key;
  }

  /** Whether the signature is that of the key over the mail's header and body. */
  boolean succeeds() {
    DKIMVerifier verifier = new OneKeyVerifier();
    try {
      BodyHasher hasher = verifier.newBodyHasher(new SignedHeader());
      try (OutputStream body = hasher.getOutputStream()) {
        mail.writeBodyTo(body);
      }
      return !verifier.verify(hasher).isEmpty();
    } catch (FailException | RuntimeException e) {
      // Whatever jDKIM stumbles over is not a good signature.
      LOGGER.debug("jDKIM finds no good signature", e);
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("hashing writes nowhere", e);
    }
  }

  /** The mail's header with the one signature in question. */
  private final class SignedHeader implements Headers {
    /** For signers only. */
    @Override
    public List<String> getFields() {
      throw new UnsupportedOperationException();
    }

    /** Signatures to verify are asked for in this spelling, signed fields in lower case. */
    @Override
    public List<String> getFields(String name) {
      return name.equals("DKIM-Signature")
          ? List.of(signature.field().text())
          : mail.fields(name.toLowerCase(Locale.ROOT)).stream().map(Field::text).toList();
    }
  }

  /** With the signature and the key at hand, which have been read before. */
  private final class OneKeyVerifier extends DKIMVerifier {
    OneKeyVerifier() {
      super((method, selector, domain) -> List.of(key.toString()));
    }

    @Override
    public SignatureRecord newSignatureRecord(String record) {
      return signature.signature();
    }

    @Override
    protected PublicKeyRecord newPublicKeyRecord(String record) {
      return key;
    }
  }
}

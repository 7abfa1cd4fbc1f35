// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim.peers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.james.jdkim.DKIMSigner;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.api.BodyHasher;
import org.apache.james.jdkim.api.Headers;
import org.apache.james.jdkim.exceptions.FailException;

/**
 * jDKIM. It takes header fields as text, which it writes in the platform's charset to hash them,
 * and knows RSA only: see {@link #canJudge}.
 */
final class JdkimPeer implements SigningPeer {
  @Override
  public String name() {
    return "jdkim";
  }

  @Override
  public boolean canJudge(Signed signed) {
    return signed.keyRecord().contains("k=rsa")
        && String.join("", signed.mail().fields()).chars().allMatch(c -> c < 0x80);
  }

  @Override
  public List<Optional<String>> objections(List<Signed> mails) {
    return mails.stream().map(JdkimPeer::objection).toList();
  }

  @Override
  public List<Optional<Mail>> sign(List<Unsigned> mails) {
    return mails.stream().map(this::signed).toList();
  }

  private Optional<Mail> signed(Unsigned unsigned) {
    Plan plan = unsigned.plan();
    Mail mail = unsigned.mail();
    if (!canJudge(new Signed(mail, unsigned.key().record()))) {
      return Optional.empty();
    }
    String template =
        "v=1; a=%s; c=%s/%s; d=%s; s=%s; h=%s; bh=; b=;"
            .formatted(
                plan.algorithm(),
                plan.header(),
                plan.body(),
                Keys.DOMAIN,
                Keys.SELECTOR,
                String.join(":", plan.names()));
    DKIMSigner signer = new DKIMSigner(template, unsigned.key().pair().getPrivate());
    try {
      BodyHasher hasher = signer.newBodyHasher(signer.newSignatureRecordTemplate(template));
      write(mail, hasher);
      List<String> fields = new ArrayList<>(mail.fields());
      fields.addFirst(signer.sign(new Fields(mail.fields()), hasher));
      return Optional.of(new Mail(fields, mail.body()));
    } catch (FailException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Optional<String> objection(Signed signed) {
    DKIMVerifier verifier =
        new DKIMVerifier((method, selector, domain) -> List.of(signed.keyRecord()));
    try {
      BodyHasher hasher = verifier.newBodyHasher(new Fields(signed.mail().fields()));
      if (hasher == null) {
        return Optional.of("no signature");
      }
      write(signed.mail(), hasher);
      return verifier.verify(hasher).isEmpty() ? Optional.of("bad") : Optional.empty();
    } catch (FailException | RuntimeException e) {
      return Optional.of(e.toString());
    }
  }

  private static void write(Mail mail, BodyHasher hasher) {
    try (OutputStream body = hasher.getOutputStream()) {
      body.write(mail.body().getBytes(ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException("hashing writes nowhere", e);
    }
  }

  @Override
  public void close() {}

  private record Fields(List<String> fields) implements Headers {
    @Override
    public List<String> getFields() {
      return fields;
    }

    @Override
    public List<String> getFields(String name) {
      return fields.stream()
          .filter(field -> Mail.name(field).equals(name.toLowerCase(Locale.ROOT)))
          .toList();
    }
  }
}

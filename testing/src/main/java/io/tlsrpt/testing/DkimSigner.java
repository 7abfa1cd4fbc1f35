// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Signs mails as reporters do (RFC 6376), and on demand as none should: an implementation of its
 * own, so that the one in the product is not measured by itself.
 *
 * @param domain the tag d
 * @param selector the tag s
 * @param canonicalization the tag c, of header and body: {@code relaxed/simple}
 * @param algorithm the tag a
 * @param signed names of the fields to be signed, in order
 * @param moreTags further tags, each with its semicolon: {@code "x=1; "}
 */
public record DkimSigner(
    String domain,
    String selector,
    DkimKey key,
    String canonicalization,
    String algorithm,
    List<String> signed,
    String moreTags) {
  /** RFC 6376 §2.8: blanks and tabs are, other control characters are not. */
  private static final Pattern BLANKS = Pattern.compile("[ \t]+");

  /** Signs what a careful reporter signs. */
  public static DkimSigner of(String domain, String selector, DkimKey key) {
    return new DkimSigner(
        domain,
        selector,
        key,
        "relaxed/relaxed",
        "rsa-sha256",
        List.of("From", "To", "Subject", "Message-ID", "TLS-Report-Domain", "TLS-Report-Submitter"),
        "");
  }

  public DkimSigner withCanonicalization(String canonicalization) {
    return new DkimSigner(domain, selector, key, canonicalization, algorithm, signed, moreTags);
  }

  public DkimSigner withAlgorithm(String algorithm) {
    return new DkimSigner(domain, selector, key, canonicalization, algorithm, signed, moreTags);
  }

  public DkimSigner withSigned(String... signed) {
    return new DkimSigner(
        domain, selector, key, canonicalization, algorithm, List.of(signed), moreTags);
  }

  public DkimSigner withTags(String moreTags) {
    return new DkimSigner(domain, selector, key, canonicalization, algorithm, signed, moreTags);
  }

  /** The name under which the key is to be published. */
  public String keyName() {
    return selector + "._domainkey." + domain;
  }

  /** The mail with a signature on top; lines end as the caller's do. */
  public String sign(String mail) {
    return new String(sign(mail.getBytes(UTF_8)), UTF_8);
  }

  /** The mail with a signature on top; lines end as the caller's do. */
  public byte[] sign(byte[] mail) {
    return sign(
        mail,
        new SignatureForm(
            "DKIM-Signature: v=1; a=%s; c=%s; d=%s; s=%s;\r\n\th=%s; %s\r\n\tbh={bh};\r\n\tb={b}"
                .formatted(
                    algorithm,
                    canonicalization,
                    domain,
                    selector,
                    String.join(":", signed),
                    moreTags),
            hash -> hash,
            signature -> signature.replaceAll("(.{64})(?=.)", "$1\r\n\t")));
  }

  /**
   * The mail with a signature on top that is written in another way; lines end as the caller's do.
   *
   * @param form its tags must say what this signer does
   */
  public byte[] sign(byte[] mail, SignatureForm form) {
    // Each octet is a character here, and no character more than an octet.
    String text = new String(mail, ISO_8859_1);
    boolean crlf = text.contains("\r\n");
    String canonical = text.replace("\r\n", "\n").replace("\n", "\r\n");
    int end = canonical.indexOf("\r\n\r\n");
    List<String> fields = fields(canonical.substring(0, end + 2));
    String body = body(canonical.substring(end + 4));
    String hashed = form.withHash(base64(sha(body.getBytes(ISO_8859_1))));
    StringBuilder toSign = new StringBuilder();
    for (String name : signed) {
      take(fields, name).ifPresent(field -> toSign.append(header(field)).append("\r\n"));
    }
    toSign.append(header(SignatureForm.unsigned(hashed)));
    byte[] signature = signature(toSign.toString().getBytes(ISO_8859_1));
    String field = form.withSignature(hashed, base64(signature)) + "\r\n";
    return ((crlf ? field : field.replace("\r\n", "\n")) + text).getBytes(ISO_8859_1);
  }

  private static List<String> fields(String header) {
    return new ArrayList<>(Arrays.asList(header.split("\r\n(?![ \t])")));
  }

  /** The last field of the name that has not been taken. */
  private static Optional<String> take(List<String> fields, String name) {
    for (int i = fields.size() - 1; i >= 0; i--) {
      if (name(fields.get(i)).equals(name.toLowerCase(Locale.ROOT))) {
        return Optional.of(fields.remove(i));
      }
    }
    return Optional.empty();
  }

  private static String name(String field) {
    return trimmed(field.substring(0, field.indexOf(':'))).toLowerCase(Locale.ROOT);
  }

  private String header(String field) {
    return canonicalization.startsWith("simple")
        ? field
        : name(field)
            + ":"
            + trimmed(
                BLANKS
                    .matcher(field.substring(field.indexOf(':') + 1).replace("\r\n", ""))
                    .replaceAll(" "));
  }

  private String body(String body) {
    boolean relaxed = canonicalization.endsWith("relaxed");
    String lines =
        relaxed
            ? Arrays.stream(body.split("\r\n", -1))
                .map(line -> stripped(BLANKS.matcher(line).replaceAll(" ")))
                .collect(Collectors.joining("\r\n"))
            : body;
    while (lines.endsWith("\r\n")) {
      lines = lines.substring(0, lines.length() - 2);
    }
    // RFC 6376 §3.4.4: relaxed, a body without text stays empty; §3.4.3: simple, it is one line
    // end.
    return relaxed && lines.isEmpty() ? "" : lines + "\r\n";
  }

  private byte[] sha(byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm.endsWith("sha1") ? "SHA-1" : "SHA-256")
          .digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] signature(byte[] header) {
    try {
      Signature signature =
          Signature.getInstance(
              switch (algorithm) {
                case "ed25519-sha256" -> "Ed25519";
                case "rsa-sha1" -> "SHA1withRSA";
                default -> "SHA256withRSA";
              });
      signature.initSign(key.pair().getPrivate());
      // RFC 8463 §3: what Ed25519 signs is the hash.
      signature.update(algorithm.startsWith("ed25519") ? sha(header) : header);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String trimmed(String text) {
    int start = 0;
    while (start < text.length() && isBlank(text.charAt(start))) {
      start++;
    }
    return stripped(text.substring(start));
  }

  private static String stripped(String text) {
    int end = text.length();
    while (end > 0 && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}

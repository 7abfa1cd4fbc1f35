// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
    boolean crlf = mail.contains("\r\n");
    String canonical = mail.replace("\r\n", "\n").replace("\n", "\r\n");
    int end = canonical.indexOf("\r\n\r\n");
    List<String> fields = fields(canonical.substring(0, end + 2));
    String body = body(canonical.substring(end + 4));
    String unsigned =
        "DKIM-Signature: v=1; a=%s; c=%s; d=%s; s=%s;\r\n\th=%s; %s\r\n\tbh=%s;\r\n\tb="
            .formatted(
                algorithm,
                canonicalization,
                domain,
                selector,
                String.join(":", signed),
                moreTags,
                base64(sha(body.getBytes(StandardCharsets.UTF_8))));
    StringBuilder toSign = new StringBuilder();
    for (String name : signed) {
      take(fields, name).ifPresent(field -> toSign.append(header(field)).append("\r\n"));
    }
    toSign.append(header(unsigned));
    String signature = base64(signature(toSign.toString()));
    String field = unsigned + signature.replaceAll("(.{64})(?=.)", "$1\r\n\t") + "\r\n";
    return (crlf ? field : field.replace("\r\n", "\n")) + mail;
  }

  private static List<String> fields(String header) {
    return new ArrayList<>(Arrays.asList(header.split("\r\n(?![ \t])")));
  }

  /** The last field of the name that has not been taken. */
  private static Optional<String> take(List<String> fields, String name) {
    for (int i = fields.size() - 1; i >= 0; i--) {
      if (fields.get(i).toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")) {
        return Optional.of(fields.remove(i));
      }
    }
    return Optional.empty();
  }

  private String header(String field) {
    if (canonicalization.startsWith("simple")) {
      return field;
    }
    int colon = field.indexOf(':');
    return field.substring(0, colon).strip().toLowerCase(Locale.ROOT)
        + ":"
        + field.substring(colon + 1).replace("\r\n", "").replaceAll("[ \t]+", " ").strip();
  }

  private String body(String body) {
    String lines = body;
    if (canonicalization.endsWith("relaxed")) {
      lines =
          Arrays.stream(body.split("\r\n", -1))
              .map(line -> line.replaceAll("[ \t]+", " ").stripTrailing())
              .collect(Collectors.joining("\r\n"));
    }
    return lines.replaceAll("(\r\n)*$", "") + "\r\n";
  }

  private byte[] sha(byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm.endsWith("sha1") ? "SHA-1" : "SHA-256")
          .digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] signature(String text) {
    try {
      Signature signature =
          Signature.getInstance(algorithm.endsWith("sha1") ? "SHA1withRSA" : "SHA256withRSA");
      signature.initSign(key.pair().getPrivate());
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}

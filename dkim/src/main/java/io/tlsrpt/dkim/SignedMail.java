// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import io.tlsrpt.message.Field;
import io.tlsrpt.message.Header;
import io.tlsrpt.message.RawMail;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A mail as its signatures cover it. Each form of the body is hashed once, however many signatures
 * there are. For one thread.
 */
final class SignedMail {
  private final RawMail mail;
  private final Map<String, List<Field>> fields;
  private final Map<Canonicalization, byte[]> bodyHashes = new EnumMap<>(Canonicalization.class);

  SignedMail(RawMail mail) {
    this.mail = mail;
    this.fields = byName(mail.header());
  }

  private static Map<String, List<Field>> byName(Header header) {
    Map<String, List<Field>> fields = new HashMap<>();
    for (Field field : header.fields()) {
      fields.computeIfAbsent(field.name(), name -> new ArrayList<>(1)).add(field);
    }
    return fields;
  }

  /** Whether the body is the one that was signed. */
  boolean hasBodyOf(SignatureField signature) {
    return MessageDigest.isEqual(
        bodyHashes.computeIfAbsent(signature.bodyForm(), this::hash), signature.bodyHash());
  }

  private byte[] hash(Canonicalization form) {
    MessageDigest digest = Algorithm.sha256();
    ByteSink out = new ByteSink(digest::update);
    form.body(mail.bytes(), mail.bodyStart(), mail.size(), out);
    out.flush();
    return digest.digest();
  }

  /**
   * The octets over which a signature was made (RFC 6376 §5.4.2). Each time that a name is signed,
   * the lowest field of that name that was not taken yet is added, or nothing if none is left. Then
   * follows the signature field itself.
   */
  byte[] headerOf(SignatureField signature) {
    ByteArrayOutputStream header = new ByteArrayOutputStream(1_024);
    ByteSink out = new ByteSink(header::write);
    Map<String, Integer> left = new HashMap<>();
    for (String name : signature.signedFields()) {
      List<Field> all = fields.getOrDefault(name, List.of());
      int next = left.getOrDefault(name, all.size()) - 1;
      if (next >= 0 && signature.isIn(all.get(next))) {
        // A signature cannot sign itself: take the next field of this name instead.
        next--;
      }
      if (next >= 0) {
        signature.writeSigned(all.get(next), out);
      }
      left.put(name, Math.max(next, 0));
    }
    signature.writeUnsigned(out);
    out.flush();
    return header.toByteArray();
  }

  /** The names that a signature covers and that exactly one field has. */
  Set<String> covered(SignatureField signature) {
    Set<String> covered = new HashSet<>();
    for (String name : signature.signedFields()) {
      if (fields.getOrDefault(name, List.of()).size() == 1) {
        covered.add(name);
      }
    }
    return covered;
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim.peers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What RFC 6376 and RFC 8463 say, in the fewest words: stands in for what is to be tested. */
final class Reference implements Ours {
  /** RFC 8410 §4: what comes before a bare Ed25519 key. */
  private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");

  @Override
  public boolean verifies(byte[] octets, String... keyRecords) {
    Mail mail = Mail.of(octets);
    String field = mail.fields().get(mail.signature());
    Map<String, String> tags = tags(Mail.value(field));
    String[] canonicalization = tags.getOrDefault("c", "simple/simple").split("/", -1);
    boolean relaxed = canonicalization[0].equals("relaxed");
    boolean relaxedBody = canonicalization.length > 1 && canonicalization[1].equals("relaxed");
    StringBuilder header = new StringBuilder();
    List<String> left = new ArrayList<>(mail.fields());
    left.remove(field);
    for (String name : get(tags, "h").split(":", -1)) {
      for (int i = left.size() - 1; i >= 0; i--) {
        if (Mail.name(left.get(i)).equals(name.strip().toLowerCase(Locale.ROOT))) {
          header.append(canonical(left.remove(i), relaxed)).append("\r\n");
          break;
        }
      }
    }
    header.append(canonical(unsigned(field), relaxed));
    try {
      return Arrays.equals(sha256(body(mail.body(), relaxedBody)), decoded(get(tags, "bh")))
          && isSignature(header.toString(), decoded(get(tags, "b")), tags(keyRecords[0]));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isSignature(String header, byte[] signature, Map<String, String> record)
      throws GeneralSecurityException {
    boolean rsa = record.getOrDefault("k", "rsa").equals("rsa");
    byte[] encoded = decoded(get(record, "p"));
    byte[] whole = rsa ? encoded : Arrays.copyOf(ED25519, ED25519.length + encoded.length);
    if (!rsa) {
      System.arraycopy(encoded, 0, whole, ED25519.length, encoded.length);
    }
    PublicKey key =
        KeyFactory.getInstance(rsa ? "RSA" : "Ed25519")
            .generatePublic(new X509EncodedKeySpec(whole));
    Signature check = Signature.getInstance(rsa ? "SHA256withRSA" : "Ed25519");
    check.initVerify(key);
    check.update(rsa ? header.getBytes(ISO_8859_1) : sha256(header));
    return check.verify(signature);
  }

  private static String canonical(String field, boolean relaxed) {
    return relaxed
        ? Mail.name(field)
            + ":"
            + Mail.value(field)
                .replace("\r\n", "")
                .replaceAll("[ \t]+", " ")
                .replaceAll("^ |\\x20\\z", "")
        : field;
  }

  private static String body(String body, boolean relaxed) {
    String text =
        relaxed ? body.replaceAll("[ \t]+(?=\r\n|\\z)", "").replaceAll("[ \t]+", " ") : body;
    int end = text.length();
    while (text.startsWith("\r\n", end - 2)) {
      end -= 2;
    }
    return end == 0 && relaxed ? "" : text.substring(0, end) + "\r\n";
  }

  /** The field without the value of its tag b. */
  private static String unsigned(String field) {
    int start = field.indexOf(':') + 1;
    StringBuilder unsigned = new StringBuilder(field.substring(0, start));
    String[] tags = field.substring(start).split(";", -1);
    for (int i = 0; i < tags.length; i++) {
      int equals = tags[i].indexOf('=');
      boolean signature = equals >= 0 && tags[i].substring(0, equals).strip().equals("b");
      unsigned
          .append(i == 0 ? "" : ";")
          .append(signature ? tags[i].substring(0, equals + 1) : tags[i]);
    }
    return unsigned.toString();
  }

  static Map<String, String> tags(String list) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (String tag : list.split(";", -1)) {
      int equals = tag.indexOf('=');
      if (equals >= 0) {
        tags.put(tag.substring(0, equals).strip(), tag.substring(equals + 1).strip());
      }
    }
    return tags;
  }

  private static String get(Map<String, String> tags, String name) {
    return tags.getOrDefault(name, "");
  }

  private static byte[] decoded(String base64) {
    return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
  }

  private static byte[] sha256(String text) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(text.getBytes(ISO_8859_1));
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tlsrpt.dkim.TagList.Tag;
import io.tlsrpt.message.Field;
import io.tlsrpt.report.DomainName;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A DKIM-Signature field (RFC 6376 §3.5), and each condition on it that needs no key. The signer's
 * clock may be ahead of ours: a signature made a second from now is good.
 */
final class SignatureField {
  /** A key of 4096 bits and many field names come to 2 KB. */
  private static final int MAX_LENGTH = 8_192;

  private static final List<String> REQUIRED = List.of("v", "a", "b", "bh", "d", "h", "s");

  /** More digits than the seconds of the next 30,000 years. */
  private static final int MAX_DIGITS = 12;

  private final Field field;
  private final TagList tags;
  private final Canonicalization header;
  private final Canonicalization body;
  private final List<String> signedFields;
  private final byte[] bodyHash;
  private final byte[] signature;

  private SignatureField(
      Field field,
      TagList tags,
      Canonicalization header,
      Canonicalization body,
      byte[] bodyHash,
      byte[] signature) {
    this.field = field;
    this.tags = tags;
    this.header = header;
    this.body = body;
    this.signedFields = list(tags, "h");
    this.bodyHash = bodyHash;
    this.signature = signature;
  }

  /** Parses a field; empty if it does not conform to RFC 6376 §3.5. */
  static Optional<SignatureField> of(Field field) {
    return field.length() > MAX_LENGTH
        ? Optional.empty()
        : TagList.parse(field.octets()).flatMap(tags -> of(field, tags));
  }

  private static Optional<SignatureField> of(Field field, TagList tags) {
    if (!REQUIRED.stream().allMatch(tag -> tags.value(tag).isPresent())
        || !tags.value("v").orElse("").equals("1")
        || !list(tags, "h").contains("from")
        || !areTimes(tags)) {
      return Optional.empty();
    }
    String[] both = tags.value("c").orElse("simple").split("/", 2);
    Optional<Canonicalization> header = Canonicalization.parse(both[0]);
    Optional<Canonicalization> body = Canonicalization.parse(both.length == 2 ? both[1] : "simple");
    Optional<byte[]> bodyHash = decoded(tags, "bh");
    Optional<byte[]> signature = decoded(tags, "b");
    return header.isPresent() && body.isPresent() && bodyHash.isPresent() && signature.isPresent()
        ? Optional.of(
            new SignatureField(
                field, tags, header.get(), body.get(), bodyHash.get(), signature.get()))
        : Optional.empty();
  }

  /** RFC 6376 §3.5, tags t and x: seconds, and the end is after the beginning. */
  private static boolean areTimes(TagList tags) {
    return isTime(tags, "t")
        && isTime(tags, "x")
        && (tags.value("t").isEmpty()
            || tags.value("x").isEmpty()
            || seconds(tags, "t") < seconds(tags, "x"));
  }

  private static boolean isTime(TagList tags, String tag) {
    return tags.value(tag)
        .map(
            value ->
                !value.isEmpty()
                    && value.length() <= MAX_DIGITS
                    && value.chars().allMatch(c -> c >= '0' && c <= '9'))
        .orElse(true);
  }

  private static long seconds(TagList tags, String tag) {
    return Long.parseLong(tags.value(tag).orElse("0"));
  }

  private static Optional<byte[]> decoded(TagList tags, String tag) {
    try {
      byte[] value = Base64.getDecoder().decode(TagList.withoutBlanks(tags.value(tag).orElse("")));
      return value.length == 0 ? Optional.empty() : Optional.of(value);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static List<String> list(TagList tags, String tag) {
    return TagList.split(tags.value(tag).orElse(""));
  }

  /** The tag d; empty if it is no host name. */
  Optional<DomainName> signer() {
    // RFC 8616 §4: U-labels stand in UTF-8.
    return DomainName.parse(new String(tags.value("d").orElse("").getBytes(ISO_8859_1), UTF_8));
  }

  /** The tag s. */
  String selector() {
    return tags.value("s").orElse("");
  }

  /** The tag h: names in lower case, one perhaps several times. */
  List<String> signedFields() {
    return signedFields;
  }

  /** RFC 8460 §3: the body must be signed to its end. */
  boolean signsPartOfTheBody() {
    return tags.value("l").isPresent();
  }

  /** The tag a; empty if it is none that may be used. */
  Optional<Algorithm> algorithm() {
    return Algorithm.parse(tags.value("a").orElse(""));
  }

  /** RFC 6376 §3.5, tag q: keys come from the DNS only. */
  boolean keyIsInDns() {
    return tags.value("q").isEmpty() || list(tags, "q").contains("dns/txt");
  }

  /** RFC 6376 §3.5, tag x. */
  boolean isExpired(Instant receivedAt) {
    return tags.value("x").isPresent() && seconds(tags, "x") < receivedAt.getEpochSecond();
  }

  /**
   * RFC 6376 §3.5, tag i: the signer itself, or somebody below it. Both are compared as they are
   * written, since an identity need not be the name of a domain.
   */
  boolean identityIsOfSigner() {
    String domain = identityDomain();
    return tags.value("i").orElse("@").contains("@")
        && (domain.equals(tagD()) || domain.endsWith("." + tagD()));
  }

  /** RFC 6376 §3.6.1, flag s. */
  boolean identityIsSignerItself() {
    return identityDomain().equals(tagD());
  }

  private String identityDomain() {
    String identity = tags.value("i").orElse("@" + tagD());
    return identity.substring(identity.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
  }

  private String tagD() {
    return tags.value("d").orElse("").toLowerCase(Locale.ROOT);
  }

  /** Whether this is that very field. */
  boolean isIn(Field other) {
    return field == other;
  }

  /** The tag c, of the body. */
  Canonicalization bodyForm() {
    return body;
  }

  /** The tag bh; not to be changed. */
  byte[] bodyHash() {
    return bodyHash;
  }

  /** The tag b; not to be changed. */
  byte[] signature() {
    return signature;
  }

  /** Writes a signed field and its line end. */
  void writeSigned(Field signed, ByteSink out) {
    header.field(signed, out);
    out.lineEnd();
  }

  /** Writes this field as it was before it was signed (RFC 6376 §3.7): without the value of b. */
  void writeUnsigned(ByteSink out) {
    Tag b = tags.tag("b").orElseThrow(() -> new IllegalStateException("the tag b is required"));
    int value = field.colon() + 1;
    header.field(field, value + b.start(), value + b.end(), out);
  }
}

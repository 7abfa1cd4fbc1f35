// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import io.tlsrpt.dkim.RawMail.Field;
import io.tlsrpt.report.PolicyDomain;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.james.jdkim.tagvalue.SignatureRecordImpl;
import org.jspecify.annotations.Nullable;

/**
 * A DKIM-Signature field, and each condition on it that needs no key. Times are left to us: jDKIM
 * judges them by the clock of the moment, and refuses a signature whose clock is a second ahead.
 */
final class ReportSignature extends SignatureRecordImpl {
  /** A key of 4096 bits and many field names come to 2 KB. */
  private static final int MAX_LENGTH = 8_192;

  private static final Pattern SIGNATURE_VALUE = Pattern.compile("((?:^|;)\\s*b\\s*=)[^;]*");

  private ReportSignature(String tags) {
    super(tags);
  }

  /** The parts of the field, or empty if it is none that RFC 6376 §3.5 knows. */
  static Optional<ReportSignature> of(Field field) {
    return field.text().length() > MAX_LENGTH ? Optional.empty() : of(field.value());
  }

  static Optional<ReportSignature> of(String tags) {
    try {
      ReportSignature signature = new ReportSignature(tags);
      return signature.isReadable() ? Optional.of(signature) : Optional.empty();
    } catch (RuntimeException e) {
      // What jDKIM throws for hostile tags is of no particular class.
      return Optional.empty();
    }
  }

  /** The tag d: lower case, A-labels; empty if it is no host name. */
  Optional<String> signer() {
    return PolicyDomain.parse(getDToken().toString()).map(PolicyDomain::value);
  }

  String selector() {
    return getSelector().toString();
  }

  /** RFC 8460 §3: the body must be signed to its end. */
  boolean signsPartOfTheBody() {
    return getTags().contains("l");
  }

  /** RFC 8301 §3.1: the only algorithm that is safe and in use. */
  boolean usesRsaSha256() {
    return getHashKeyType().toString().equals("rsa") && getHashMethod().toString().equals("sha256");
  }

  /** RFC 6376 §3.5, tag q: keys come from the DNS only. */
  boolean keyIsInDns() {
    return getRecordLookupMethods().stream()
        .anyMatch(method -> method.toString().equalsIgnoreCase("dns/txt"));
  }

  /** RFC 6376 §3.5, tag x. */
  boolean isExpired(Instant receivedAt) {
    CharSequence expiry = super.getValue("x");
    return expiry != null && Long.parseLong(expiry.toString()) < receivedAt.getEpochSecond();
  }

  /** All that is needed later, so that nothing fails then. */
  private boolean isReadable() {
    CharSequence expiry = super.getValue("x");
    return (expiry == null || expiry.toString().matches("\\d{1,12}"))
        && getBodyHash().length > 0
        && getSignature().length > 0;
  }

  @Override
  protected @Nullable CharSequence getValue(String tag) {
    return tag.equals("x") || tag.equals("t") ? null : super.getValue(tag);
  }

  /** In lower case here, since jDKIM's own way depends on the locale of the server. */
  @Override
  public List<CharSequence> getHeaders() {
    return super.getHeaders().stream()
        .<CharSequence>map(name -> name.toString().toLowerCase(Locale.ROOT))
        .toList();
  }

  @Override
  public byte[] getBodyHash() {
    return decoded("bh");
  }

  @Override
  public byte[] getSignature() {
    return decoded("b");
  }

  private byte[] decoded(String tag) {
    return Base64.getMimeDecoder().decode(String.valueOf(getValue(tag)));
  }

  /** RFC 6376 §3.7: the field without the value of its tag b, wherever that stands. */
  @Override
  public String toUnsignedString() {
    return SIGNATURE_VALUE.matcher(toString()).replaceFirst("$1");
  }
}

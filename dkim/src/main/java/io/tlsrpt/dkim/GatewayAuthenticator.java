// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import io.tlsrpt.dkim.AuthenticationResults.Result;
import io.tlsrpt.dkim.Authenticity.Authenticated;
import io.tlsrpt.dkim.Authenticity.Unauthenticated;
import io.tlsrpt.dns.WaitingThread;
import io.tlsrpt.message.Field;
import io.tlsrpt.message.Header;
import io.tlsrpt.message.RawMail;
import io.tlsrpt.report.DomainName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Trusts the DKIM results of a gateway that verifies mail before us. They are taken from the
 * topmost Authentication-Results field that bears the gateway's authserv-id (RFC 8601 §2.2). If
 * that field has no DKIM result, the gateway's next field directly below it is read, since some
 * gateways write a field for each method. Alignment is checked here, not by the gateway. The
 * gateway must delete incoming fields that bear its id (RFC 8601 §5).
 */
public final class GatewayAuthenticator implements Authenticator {
  private static final int MAX_FIELD_LENGTH = 16_384;

  private static final Set<String> KNOWN =
      Set.of("none", "pass", "fail", "policy", "neutral", "temperror", "permerror");

  private final String authservId;

  public GatewayAuthenticator(String authservId) {
    this.authservId = authservId;
  }

  @Override
  public Authenticity judge(RawMail mail, Instant receivedAt, WaitingThread thread) {
    if (mail.ambiguity().isPresent()) {
      return new Unauthenticated(Fault.FAILED, mail.ambiguity().get());
    }
    List<Field> fields = topmostFields(mail.header());
    return fields.isEmpty()
        ? new Unauthenticated(Fault.MISSING, "no Authentication-Results field of " + authservId)
        : judge(mail.header(), fields);
  }

  /**
   * The topmost field of the gateway and those of its fields that directly follow. What stands
   * below anything else was there before the gateway wrote these, and may be a sender's.
   */
  private List<Field> topmostFields(Header header) {
    List<Field> fields = new ArrayList<>();
    for (Field field : header.fields()) {
      if (isOfTheGateway(field)) {
        fields.add(field);
      } else if (!fields.isEmpty()) {
        break;
      }
    }
    return fields;
  }

  private boolean isOfTheGateway(Field field) {
    return field.name().equals("authentication-results")
        && AuthenticationResults.parse(beginning(field))
            .filter(results -> results.authservId().equalsIgnoreCase(authservId))
            .isPresent();
  }

  private static String beginning(Field field) {
    String value = field.value();
    return value.substring(0, Math.min(value.length(), MAX_FIELD_LENGTH));
  }

  /** The first field that has DKIM results decides, and no field below it is looked at. */
  private Authenticity judge(Header header, List<Field> fields) {
    for (Field field : fields) {
      Optional<AuthenticationResults> all = AuthenticationResults.parse(beginning(field));
      if (all.filter(AuthenticationResults::isWhole).isEmpty() || !isPlain(field)) {
        return new Unauthenticated(
            Fault.FAILED,
            "the Authentication-Results field of "
                + authservId
                + " is longer than "
                + MAX_FIELD_LENGTH
                + " characters, or not written as a gateway does");
      }
      List<Result> results =
          all.get().results().stream().filter(result -> result.method().equals("dkim")).toList();
      if (!results.isEmpty()) {
        return judgeResults(header, results);
      }
    }
    return withoutResult();
  }

  /**
   * Whether a field is short and begins with the plain id. A long field that is cut off could name
   * another domain than the whole field does. An id in quotes or behind a comment is taken for
   * forged: a gateway that deletes fields with its plain id would miss it.
   */
  private boolean isPlain(Field field) {
    return field.value().length() <= MAX_FIELD_LENGTH
        && field.value().strip().regionMatches(true, 0, authservId, 0, authservId.length());
  }

  private Authenticity judgeResults(Header header, List<Result> results) {
    if (results.stream().allMatch(result -> result.result().equals("none"))) {
      return withoutResult();
    }
    List<Result> passed = results.stream().filter(r -> r.result().equals("pass")).toList();
    return passed.isEmpty()
        ? new Unauthenticated(
            Fault.FAILED,
            authservId + " found no good DKIM signature; its results: " + describe(results))
        : judgePassed(header, passed);
  }

  private Unauthenticated withoutResult() {
    return new Unauthenticated(Fault.MISSING, "no DKIM result of " + authservId);
  }

  private Authenticity judgePassed(Header header, Collection<Result> passed) {
    Author author = Author.of(header);
    List<DomainName> signers =
        passed.stream()
            .flatMap(result -> signer(result).stream())
            .filter(signer -> author instanceof Author.Known known && known.isCoveredBy(signer))
            .toList();
    if (!(author instanceof Author.Known(DomainName domain)) || signers.isEmpty()) {
      return new Unauthenticated(
          Fault.MISALIGNED,
          "no signer that "
              + authservId
              + " found good answers for the mail; "
              + Author.describe(author));
    }
    if (header.fields("dkim-signature").stream()
        .flatMap(field -> SignatureField.of(field).stream())
        .anyMatch(
            signature ->
                signature.signsPartOfTheBody()
                    && signature.signer().filter(signers::contains).isPresent())) {
      return new Unauthenticated(
          Fault.LENGTH_TAG, "a signature of " + domain + " signs part of the body only (l=)");
    }
    // The gateway does not say which fields the good signature covers: none can be relied on.
    return new Authenticated(domain, Set.of());
  }

  /** Results that RFC 8601 §2.7.1 knows: others may be a sender's words. */
  private static String describe(List<Result> results) {
    return results.stream()
        .map(Result::result)
        .map(result -> KNOWN.contains(result) ? result : "unknown")
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** {@code header.d}, else the domain of {@code header.i}. */
  private static Optional<DomainName> signer(Result passed) {
    return passed
        .property("header.d")
        .or(() -> passed.property("header.i").map(i -> i.substring(i.lastIndexOf('@') + 1)))
        .flatMap(DomainName::parse);
  }
}

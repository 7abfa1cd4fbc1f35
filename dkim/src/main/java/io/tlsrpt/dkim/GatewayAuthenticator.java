// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import io.tlsrpt.dkim.AuthenticationResults.Result;
import io.tlsrpt.dkim.Authenticity.Authenticated;
import io.tlsrpt.dkim.Authenticity.Unauthenticated;
import io.tlsrpt.dkim.RawMail.Field;
import io.tlsrpt.figures.RejectionReason;
import io.tlsrpt.report.PolicyDomain;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Believes the DKIM results of a gateway that verifies before us: those of the topmost
 * Authentication-Results field that bears its authserv-id (RFC 8601 §2.2). Whether the mail is
 * aligned is for us to see. The gateway must delete incoming fields that bear its id: RFC 8601 §5.
 */
public final class GatewayAuthenticator implements Authenticator {
  private static final int MAX_FIELD_LENGTH = 16_384;

  private final String authservId;

  public GatewayAuthenticator(String authservId) {
    this.authservId = authservId;
  }

  @Override
  public Authenticity judge(RawMail mail, Instant receivedAt, Caller caller) {
    if (!mail.isClear()) {
      return new Unauthenticated(RejectionReason.DKIM_FAILED, RawMail.UNCLEAR);
    }
    List<Result> results = results(mail);
    if (results.stream().allMatch(result -> result.result().equals("none"))) {
      return new Unauthenticated(RejectionReason.DKIM_MISSING, "no DKIM result of " + authservId);
    }
    List<Result> passed = results.stream().filter(r -> r.result().equals("pass")).toList();
    if (passed.isEmpty()) {
      return new Unauthenticated(
          RejectionReason.DKIM_FAILED, authservId + " found no DKIM signature that is good");
    }
    Optional<Author> author = Author.of(mail);
    return passed.stream()
        .flatMap(result -> signer(result).stream())
        .filter(signer -> author.filter(from -> from.isCoveredBy(signer)).isPresent())
        .max(Comparator.comparingInt(String::length))
        .<Authenticity>map(Authenticated::new)
        .orElseGet(
            () ->
                new Unauthenticated(
                    RejectionReason.DKIM_MISALIGNED,
                    "no signer that "
                        + authservId
                        + " found answers for the From domain "
                        + author.map(Author::domain).orElse("(there is not exactly one)")));
  }

  private List<Result> results(RawMail mail) {
    return mail.fields("authentication-results").stream()
        .map(Field::value)
        .map(value -> value.substring(0, Math.min(value.length(), MAX_FIELD_LENGTH)))
        .flatMap(value -> AuthenticationResults.parse(value).stream())
        .filter(field -> field.authservId().equalsIgnoreCase(authservId))
        .findFirst()
        .map(AuthenticationResults::results)
        .orElseGet(List::of)
        .stream()
        .filter(result -> result.method().equals("dkim"))
        .toList();
  }

  /** {@code header.d}, else the domain of {@code header.i}. */
  private static Optional<String> signer(Result passed) {
    return passed
        .property("header.d")
        .or(() -> passed.property("header.i").map(i -> i.substring(i.lastIndexOf('@') + 1)))
        .flatMap(PolicyDomain::parse)
        .map(PolicyDomain::value);
  }
}

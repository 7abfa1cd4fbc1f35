// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import io.tlsrpt.dkim.AuthenticationResults.Result;
import io.tlsrpt.dkim.Authenticity.Authenticated;
import io.tlsrpt.dkim.Authenticity.Unauthenticated;
import io.tlsrpt.message.Field;
import io.tlsrpt.message.Header;
import io.tlsrpt.message.RawMail;
import io.tlsrpt.report.PolicyDomain;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
    if (mail.ambiguity().isPresent()) {
      return new Unauthenticated(Fault.FAILED, mail.ambiguity().get());
    }
    List<Result> results = results(mail.header());
    if (results.stream().allMatch(result -> result.result().equals("none"))) {
      return new Unauthenticated(Fault.MISSING, "no DKIM result of " + authservId);
    }
    List<Result> passed = results.stream().filter(r -> r.result().equals("pass")).toList();
    if (passed.isEmpty()) {
      return new Unauthenticated(
          Fault.FAILED, authservId + " found no DKIM signature that is good");
    }
    Author author = Author.of(mail.header());
    List<String> signers =
        passed.stream()
            .flatMap(result -> signer(result).stream())
            .filter(signer -> author instanceof Author.Known known && known.isCoveredBy(signer))
            .toList();
    return author instanceof Author.Known(String domain) && !signers.isEmpty()
        ? new Authenticated(domain, signed(mail, signers))
        : new Unauthenticated(
            Fault.MISALIGNED,
            "no signer that "
                + authservId
                + " found answers for the mail; "
                + Author.describe(author));
  }

  /**
   * Which of a signer's signatures passed, the gateway does not say for sure: anyone may add a
   * further one in its name. So a field is covered if every signature of that signer covers it.
   */
  private static Set<String> signed(RawMail mail, List<String> signers) {
    SignedMail signed = new SignedMail(mail);
    Set<String> covered = new HashSet<>();
    for (String signer : signers) {
      mail.header().fields("dkim-signature").stream()
          .flatMap(field -> SignatureField.of(field).stream())
          .filter(signature -> signature.signer().filter(signer::equals).isPresent())
          .map(signed::covered)
          .reduce(GatewayAuthenticator::intersection)
          .ifPresent(covered::addAll);
    }
    return covered;
  }

  private static Set<String> intersection(Set<String> one, Set<String> other) {
    Set<String> both = new HashSet<>(one);
    both.retainAll(other);
    return both;
  }

  private List<Result> results(Header header) {
    return header.fields("authentication-results").stream()
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

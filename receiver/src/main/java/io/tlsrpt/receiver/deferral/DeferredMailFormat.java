// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.deferral;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tlsrpt.dkim.Authenticity.Authenticated;
import io.tlsrpt.figures.ReceivedReport;
import io.tlsrpt.figures.receiver.DeferralReason;
import io.tlsrpt.report.DomainName;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A deferred mail's file: lines of {@code name: value}, an empty line, and the mail as it was
 * received, so that {@code less} shows an administrator all there is.
 */
final class DeferredMailFormat {
  private static final String TITLE = "tlsrpt-deferred: 1";
  private static final String RECEIVED = "received";
  private static final String MAIL = "mail";
  private static final String REASON = "reason";
  private static final String REPORTER = "reporter";
  private static final String SIGNED = "signed";
  private static final String ORGANISATION = "organisation";
  private static final String CLAIM = "claim";
  private static final String KEY = "key";

  /** In bytes; every description is far shorter. */
  static final int MAX_LENGTH = 4096;

  private DeferredMailFormat() {}

  static byte[] write(DeferredMail deferred) {
    StringBuilder text = new StringBuilder(TITLE).append('\n');
    line(text, RECEIVED, deferred.receivedAt().toString());
    line(text, MAIL, deferred.mailName());
    line(text, REASON, deferred.reason().key());
    line(text, ORGANISATION, deferred.organisation().value());
    line(text, CLAIM, deferred.claim().key());
    deferred.key().ifPresent(key -> line(text, KEY, key));
    deferred.verdict().ifPresent(verdict -> write(text, verdict));
    return text.append('\n').toString().getBytes(UTF_8);
  }

  private static void write(StringBuilder text, Authenticated verdict) {
    line(text, REPORTER, verdict.reporter().value());
    line(text, SIGNED, String.join(" ", new TreeSet<>(verdict.signed())));
  }

  private static void line(StringBuilder text, String name, String value) {
    String clean = value.replaceAll("\\p{Cntrl}", " ");
    text.append(name).append(": ").append(clean, 0, Math.min(clean.length(), 500)).append('\n');
  }

  /**
   * Reads the description of a mail, which stands before its octets.
   *
   * @param beginning of a file; its first {@link #MAX_LENGTH} bytes are enough
   */
  static DeferredMail readDeferredMail(byte[] beginning) throws BrokenFileException {
    String[] lines = new String(beginning, 0, endOfTicket(beginning), UTF_8).split("\n", -1);
    if (!lines[0].equals(TITLE)) {
      throw new BrokenFileException("it does not begin with " + TITLE);
    }
    Map<String, String> values = new HashMap<>();
    for (String line : lines) {
      int colon = line.indexOf(": ");
      if (colon > 0) {
        values.put(line.substring(0, colon), line.substring(colon + 2));
      }
    }
    return deferred(values);
  }

  /** The mail of a whole file. */
  static byte[] readMail(byte[] file) throws BrokenFileException {
    return Arrays.copyOfRange(file, endOfTicket(file) + 2, file.length);
  }

  private static DeferredMail deferred(Map<String, String> values) throws BrokenFileException {
    try {
      return new DeferredMail(
          value(values, MAIL),
          Instant.parse(value(values, RECEIVED)),
          DeferralReason.parse(value(values, REASON))
              .orElseThrow(() -> new BrokenFileException("its reason is unknown")),
          verdict(values),
          organisation(value(values, ORGANISATION)),
          claim(values),
          Optional.ofNullable(values.get(KEY)));
    } catch (DateTimeException e) {
      throw new BrokenFileException("its time of receipt cannot be read");
    }
  }

  /**
   * The verdict that was written with the mail. It is empty for a mail of version 1.0.0, which
   * wrote no signed fields, and if somebody has changed the reporter into something that is no
   * domain: the signatures of such a mail are verified again.
   */
  private static Optional<Authenticated> verdict(Map<String, String> values) {
    String reporter = values.get(REPORTER);
    String signed = values.get(SIGNED);
    return reporter == null || signed == null
        ? Optional.empty()
        : DomainName.parse(reporter)
            .map(
                name ->
                    new Authenticated(
                        name,
                        Arrays.stream(signed.split(" ", -1))
                            .filter(field -> !field.isEmpty())
                            .collect(Collectors.toUnmodifiableSet())));
  }

  /** If somebody has changed the organisation into what is no domain, it counts as unknown. */
  private static DomainName organisation(String written) {
    return DomainName.parse(written).orElse(ReceivedReport.UNKNOWN_REPORTER);
  }

  /**
   * Version 1.0.0 wrote no claim. It wrote a reporter only for authentic mails, which are proven.
   */
  private static Claim claim(Map<String, String> values) {
    return Optional.ofNullable(values.get(CLAIM))
        .flatMap(Claim::parse)
        .orElse(values.containsKey(REPORTER) ? Claim.PROVEN : Claim.UNASKED);
  }

  private static String value(Map<String, String> values, String name) throws BrokenFileException {
    String value = values.get(name);
    if (value == null) {
      throw new BrokenFileException("it has no line " + name);
    }
    return value;
  }

  private static int endOfTicket(byte[] file) throws BrokenFileException {
    for (int i = 0; i + 1 < Math.min(file.length, MAX_LENGTH); i++) {
      if (file[i] == '\n' && file[i + 1] == '\n') {
        return i;
      }
    }
    throw new BrokenFileException("no empty line ends its description");
  }
}

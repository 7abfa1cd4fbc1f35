// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import java.util.Locale;

/**
 * A departure from RFC 8460 that does not stop a report from being read. Each constant says what is
 * wrong, in brackets who was seen doing it, and after the colon how it is read. To tolerate one
 * more takes one more constant.
 */
public enum Deviation {
  // RATIONALE: One enum of deviations

  // The mail.
  /**
   * A report under a media type that is not one of TLS reports (relays, list software): read by its
   * content.
   */
  MEDIA_TYPE,
  /**
   * Labelled as gzip but JSON, or the other way round (several small senders): read by its content.
   */
  LABEL_CONTRADICTS_CONTENT,
  /** A zip archive instead of gzip (habit from DMARC): its entries that are reports are read. */
  ZIP,
  /** Compressed twice (relays that compress attachments): both layers are taken off. */
  COMPRESSED_TWICE,
  /** An unknown transfer encoding (home-made senders): the bytes are taken as they are. */
  TRANSFER_ENCODING,
  /**
   * Content-Type or Content-Transfer-Encoding with wrong syntax (home-made senders: quotes left
   * out, {@code ;;}): read as meant.
   */
  MIME_SYNTAX,
  /**
   * {@code TLS-Report-Domain} or {@code TLS-Report-Submitter} is missing: what the report itself
   * says counts.
   */
  HEADER_FIELDS_MISSING,
  /**
   * The submitter is not the domain of contact-info (mail.ru, tlsrpt-reporter to 0.5): taken as it
   * is.
   */
  SUBMITTER_NOT_CONTACT,

  // The form of the JSON.
  /** A byte order mark before the JSON (Windows tools): skipped. */
  BYTE_ORDER_MARK,
  /**
   * A text that is not UTF-8 (names in Latin-1, half a surrogate pair), or has a NUL: U+FFFD
   * replaces each such part.
   */
  TEXT_NOT_UTF_8,
  /** Something after the report (senders that append line noise): ignored. */
  DATA_AFTER_REPORT,
  /** A further report in the same body part (zip archives, gzip files put together): counted. */
  SEVERAL_REPORTS,
  /** A member that appears twice in one object (I-JSON forbids it): the last one counts. */
  DUPLICATE_MEMBER,
  /**
   * Another spelling of a member name (SocketLabs, drafts of the RFC, misreadings of it): read as
   * meant.
   */
  MEMBER_SPELLING,
  /** null instead of a value (Stalwart, mox): read as if the member were missing. */
  NULL_VALUE,
  /** An empty text instead of a value (mox): read as if the member were missing. */
  EMPTY_TEXT,
  /** A number or truth value instead of a text: read as text; an object or array is left out. */
  NOT_A_TEXT,

  // Its members.
  /** No report-id: the content tells reports apart. */
  REPORT_ID_MISSING,
  /** {@code policies} is one object and no array (drafts): read as an array's only element. */
  POLICIES_NOT_AN_ARRAY,
  /** An entry that is no object, or has no policy: left out. */
  ENTRY_UNUSABLE,
  /** {@code failure-details} is one object and no array: read as an array's only element. */
  FAILURE_DETAILS_NOT_AN_ARRAY,
  /** An element of {@code failure-details} that is no object: left out. */
  DETAIL_UNUSABLE,
  /**
   * {@code mx-host} is one text and no array (the RFC's own example, erratum 6241): read as an
   * array's only element.
   */
  MX_HOST_NOT_AN_ARRAY,
  /**
   * {@code policy-string} is one text and no array (Halon, the drafts): read as an array's only
   * element.
   */
  POLICY_STRING_NOT_AN_ARRAY,
  /** {@code policy-string} holds a JSON array as text (Microsoft, for TLSA): read as that array. */
  POLICY_STRING_IN_JSON,
  /**
   * {@code policy-string} states its mode in another form than RFC 8461's lines ({@code ;} between
   * them, {@code =}, JSON): read as meant.
   */
  POLICY_STRING_FORM,
  /**
   * No policy-domain (Postfix for no-policy-found, Google in 2019): the mail's header may name it.
   */
  POLICY_DOMAIN_MISSING,
  /**
   * policy-domain in capitals, with a trailing dot or in U-labels (Momentum, mox to 2024):
   * normalised.
   */
  POLICY_DOMAIN_FORM,
  /** policy-domain is no host name (hostile): the entry is left out. */
  POLICY_DOMAIN_INVALID,
  /**
   * Entries about domains that are not ours (Postfix under DANE names the MX host, some put all
   * their customers into one report): left out, and named in the log.
   */
  FOREIGN_DOMAIN,
  /** policy-type is missing, or is none that the RFC knows: counted as {@code other}. */
  POLICY_TYPE_UNKNOWN,
  /**
   * policy-type or result-type in capitals, or with blanks around it: read in lower case, without
   * the blanks.
   */
  TYPE_CASE,
  /** result-type is missing (tlsrpt-reporter for codes it lacks): counted as {@code other}. */
  RESULT_TYPE_MISSING,
  /**
   * result-type is not in the registry (RFC 8460 §6.6 expects the registry to grow): counted as
   * {@code other}.
   */
  RESULT_TYPE_UNREGISTERED,
  /** No summary: failures are the sum of the details, successes 0. */
  SUMMARY_MISSING,
  /**
   * A count is left out: a count of the summary is the sum of the details; a count of a detail is
   * what the summary leaves over. A zero that is left out (Google in 2019) is no deviation.
   */
  COUNT_MISSING,
  /**
   * The summary counts no failures, the details do (libtlsrpt, for sessions that succeeded in the
   * end): the details count.
   */
  COUNTS_CONTRADICT,
  /**
   * A count as text, or with a fraction of zeros ({@code "12"}, {@code 12.0}): read as its value.
   */
  COUNT_NOT_A_NUMBER,
  /** A count below 0: counted as 0, since counters never fall. */
  COUNT_NEGATIVE,
  /** A value that cannot be a count (null, a truth value, 1.5): read as if it were left out. */
  COUNT_UNREADABLE,

  // Its dates.
  /** No offset (Microsoft in 2023 and 2024): read as UTC. */
  DATE_TIME_WITHOUT_OFFSET,
  /** A blank between date and time: read as a T. */
  DATE_TIME_WITH_BLANK,
  /** A date without a time: read as the day's beginning or end. */
  DATE_WITHOUT_TIME,
  /**
   * Another form of date-time that has one meaning only ({@code +0000}, epoch seconds, 24:00, RFC
   * 5322, Go): read as meant.
   */
  DATE_TIME_FORM,
  /**
   * The date-range or one of its ends is missing or cannot be read: the day of receipt is taken
   * instead.
   */
  DATE_RANGE_UNREADABLE,
  /**
   * A range that ends before it starts, lasts months or lies in the future: the day of receipt is
   * taken instead.
   */
  DATE_RANGE_ABSURD,
  /**
   * Received weeks after the end of its range (Microsoft, once 24 days): counted in the totals, but
   * its failures do not become active.
   */
  LATE,

  // Limits of what is stored.
  /**
   * One of the report's domains would exceed {@code maxDomains}: the entries of that domain are
   * left out.
   */
  DOMAIN_LIMIT,
  /**
   * One of the report's domains has all the reporters it may have: the entries of that domain are
   * left out.
   */
  REPORTER_LIMIT,
  /**
   * One of the report's domains has all the reports it may have for the day: the entries of that
   * domain are left out.
   */
  REPORT_LIMIT,

  // Repeated reports.
  /**
   * A report with a known report-id but other content (RFC 8460 §4.4 wants ids to be unique): the
   * first one counts.
   */
  CONFLICTING_DUPLICATE,
  /**
   * A report with another report-id, but the same range and content (Microsoft when it makes a
   * report again): counted.
   */
  POSSIBLE_RESEND;

  /** As in logs and figures: lower case with hyphens. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import java.util.HashMap;
import java.util.Map;

/**
 * The members of a report's JSON (RFC 8460 §4.4): every name, and the other spellings that are met.
 */
enum Member {
  ORGANIZATION_NAME("organization-name"),
  DATE_RANGE("date-range"),
  START_DATETIME("start-datetime"),
  END_DATETIME("end-datetime"),
  CONTACT_INFO("contact-info"),
  REPORT_ID("report-id"),
  POLICIES("policies"),
  POLICY("policy"),
  POLICY_TYPE("policy-type"),
  POLICY_STRING("policy-string"),
  POLICY_DOMAIN("policy-domain"),
  MX_HOST("mx-host", "mx-host-pattern"),
  SUMMARY("summary"),
  TOTAL_SUCCESSFUL_SESSION_COUNT("total-successful-session-count"),
  TOTAL_FAILURE_SESSION_COUNT("total-failure-session-count"),
  FAILURE_DETAILS("failure-details", "failure_details"),
  RESULT_TYPE("result-type"),
  SENDING_MTA_IP("sending-mta-ip"),
  RECEIVING_MX_HOSTNAME("receiving-mx-hostname", "receiving-mx-host-name"),
  RECEIVING_MX_HELO("receiving-mx-helo"),
  RECEIVING_IP("receiving-ip"),
  FAILED_SESSION_COUNT("failed-session-count"),
  ADDITIONAL_INFORMATION("additional-information", "additional-info-uri"),
  FAILURE_REASON_CODE("failure-reason-code", "failure-error-code"),
  /** Any other: passed over, whatever its value. */
  UNKNOWN("");

  private static final Map<String, Member> BY_NAME = new HashMap<>();
  private static final Map<String, Member> BY_OTHER_SPELLING = new HashMap<>();

  static {
    for (Member member : values()) {
      BY_NAME.put(member.name, member);
      BY_OTHER_SPELLING.put(member.otherSpelling, member);
    }
  }

  private final String name;
  private final String otherSpelling;

  Member(String name) {
    this(name, name);
  }

  Member(String name, String otherSpelling) {
    this.name = name;
    this.otherSpelling = otherSpelling;
  }

  /** The member of that name, or {@link #UNKNOWN}. */
  static Member named(String written) {
    return BY_NAME.getOrDefault(written, UNKNOWN);
  }

  /** The member that is meant by another spelling, or {@link #UNKNOWN}. */
  static Member byOtherSpelling(String written) {
    return BY_OTHER_SPELLING.getOrDefault(written, UNKNOWN);
  }

  /**
   * One bit for each member. A set of members is a long and not an EnumSet, because every failure
   * detail needs such a set.
   */
  @SuppressWarnings("EnumOrdinal")
  long bit() {
    return 1L << ordinal();
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import io.tlsrpt.report.FailureDetails;
import io.tlsrpt.report.Policy;
import io.tlsrpt.report.PolicyResult;
import io.tlsrpt.report.ReportedFailures;
import io.tlsrpt.report.Summary;
import io.tlsrpt.report.TlsReport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Writes a report as JSON in one of the many ways that mean the same: members in any order, unknown
 * ones in between, any spacing, texts escaped or not, and deviations that are to be tolerated.
 */
final class ReportWriter {
  private final Random random;

  ReportWriter(long seed) {
    this.random = new Random(seed);
  }

  String write(TlsReport report) {
    List<String> members = new ArrayList<>();
    report
        .organizationName()
        .ifPresent(name -> members.add(member("organization-name", text(name))));
    report.contactInfo().ifPresent(contact -> members.add(member("contact-info", text(contact))));
    report.reportId().ifPresent(id -> members.add(member("report-id", text(id))));
    report
        .dateRange()
        .ifPresent(
            range ->
                members.add(
                    member(
                        "date-range",
                        object(
                            new ArrayList<>(
                                List.of(
                                    member(
                                        "start-datetime", text(range.startDatetime().toString())),
                                    member(
                                        "end-datetime", text(range.endDatetime().toString()))))))));
    members.add(member("policies", policies(report.policies())));
    return (random.nextInt(8) == 0 ? "\ufeff" : "") + object(members) + space();
  }

  private String policies(List<PolicyResult> entries) {
    List<String> written = entries.stream().map(this::entry).toList();
    return written.size() == 1 && random.nextInt(4) == 0 ? written.getFirst() : array(written);
  }

  private String entry(PolicyResult entry) {
    List<String> members = new ArrayList<>();
    members.add(member("policy", policy(entry.policy())));
    members.add(member("summary", summary(entry.summary(), entry.failures())));
    List<String> details = entry.failures().kept().stream().map(this::details).toList();
    if (!details.isEmpty() || random.nextBoolean()) {
      String name = random.nextInt(4) == 0 ? "failure_details" : "failure-details";
      boolean alone = details.size() == 1 && random.nextInt(4) == 0;
      members.add(member(name, alone ? details.getFirst() : array(details)));
    }
    return object(members);
  }

  /** Leaves out a member only if the parser fills in the same value. */
  private String summary(Summary summary, ReportedFailures failures) {
    List<String> members = new ArrayList<>();
    long successful = summary.totalSuccessfulSessionCount();
    if (successful != 0 || random.nextBoolean()) {
      members.add(member("total-successful-session-count", count(successful)));
    }
    long failed = summary.totalFailureSessionCount();
    if (failed != failures.sum() || random.nextBoolean()) {
      members.add(member("total-failure-session-count", count(failed)));
    }
    return object(members);
  }

  private String policy(Policy policy) {
    List<String> members = new ArrayList<>();
    members.add(member("policy-type", text(cased(policy.policyType().value()))));
    policy
        .policyDomain()
        .ifPresent(
            domain ->
                members.add(
                    member(
                        "policy-domain",
                        text(cased(domain.value()) + (random.nextInt(4) == 0 ? "." : "")))));
    addTexts(members, "policy-string", policy.policyString());
    addTexts(members, random.nextInt(4) == 0 ? "mx-host-pattern" : "mx-host", policy.mxHost());
    return object(members);
  }

  private void addTexts(List<String> members, String name, List<String> texts) {
    if (texts.size() == 1 && random.nextBoolean()) {
      members.add(member(name, text(texts.getFirst())));
    } else if (!texts.isEmpty() || random.nextBoolean()) {
      members.add(member(name, array(texts.stream().map(this::text).toList())));
    }
  }

  private String details(FailureDetails details) {
    List<String> members = new ArrayList<>();
    members.add(member("result-type", text(cased(details.resultType().value()))));
    members.add(member("failed-session-count", count(details.failedSessionCount())));
    add(members, "sending-mta-ip", details.sendingMtaIp());
    add(members, "receiving-mx-hostname", details.receivingMxHostname());
    add(members, "receiving-mx-helo", details.receivingMxHelo());
    add(members, "receiving-ip", details.receivingIp());
    add(members, "additional-information", details.additionalInformation());
    add(
        members,
        random.nextInt(4) == 0 ? "failure-error-code" : "failure-reason-code",
        details.failureReasonCode());
    return object(members);
  }

  private void add(List<String> members, String name, Optional<String> value) {
    if (value.isPresent()) {
      members.add(member(name, text(value.get())));
    } else if (random.nextInt(4) == 0) {
      members.add(member(name, random.nextBoolean() ? "null" : "\"\""));
    }
  }

  private String cased(String word) {
    return random.nextInt(4) == 0 ? word.toUpperCase(Locale.ROOT) : word;
  }

  private String count(long count) {
    return switch (random.nextInt(6)) {
      case 0 -> "\"" + count + "\"";
      case 1 -> count + ".0";
      default -> String.valueOf(count);
    };
  }

  private String member(String name, String value) {
    return "\"" + name + "\"" + space() + ":" + space() + value;
  }

  private String object(List<String> members) {
    while (random.nextInt(4) == 0) {
      members.add(member("x-" + members.size(), "[1, {\"deep\": [null, -2.5e3]}]"));
    }
    Collections.shuffle(members, random);
    return "{" + space() + String.join(space() + "," + space(), members) + space() + "}";
  }

  private String array(List<String> elements) {
    return "[" + space() + String.join(space() + "," + space(), elements) + space() + "]";
  }

  private String space() {
    return " \n\t\r".substring(0, random.nextInt(5)).repeat(random.nextInt(2));
  }

  private String text(String value) {
    return value.chars().mapToObj(this::character).collect(Collectors.joining("", "\"", "\""));
  }

  private String character(int c) {
    boolean mustEscape = c < ' ' || c == '"' || c == '\\' || Character.isSurrogate((char) c);
    return mustEscape || random.nextInt(10) == 0
        ? "\\u%04x".formatted(c)
        : String.valueOf((char) c);
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

/**
 * Who reports to the sample installation.
 *
 * @param address one of those that its mails come from
 * @param percent its sessions, of those of the largest reporter
 * @param hour of the next day at which its reports come, in UTC
 */
record SampleReporter(String domain, String organisation, String address, int percent, int hour) {
  static final SampleReporter BIGMAIL =
      new SampleReporter("bigmail.example", "Bigmail", "192.0.2.25", 100, 3);
  static final SampleReporter FREEMAIL =
      new SampleReporter("freemail.example", "Freemail", "2001:db8:f::25", 40, 1);
  static final SampleReporter POSTBOX =
      new SampleReporter("postbox.example", "Postbox", "203.0.113.7", 8, 0);
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.notifications;

import io.tlsrpt.report.PlainText;
import java.util.regex.Pattern;

/**
 * What a report's sender wrote, as it may stand in a mail: one line without control characters, and
 * nothing that a mail program would make a link of. A host name stays as it is, for it must be read
 * and typed.
 */
final class SenderText {
  private static final int MAX_LENGTH = 200;
  private static final Pattern SCHEME = Pattern.compile("[:：](?=[/／])");
  private static final Pattern WEB = Pattern.compile("(?i)\\b(www|ftp)\\.");
  private static final Pattern AT = Pattern.compile("[@＠]");
  private static final Pattern MAIL = Pattern.compile("(?i)\\b(mailto|tel|sms):");

  private SenderText() {}

  static String of(String written) {
    String plain = PlainText.of(written, MAX_LENGTH);
    String unlinked = SCHEME.matcher(plain).replaceAll("[:]");
    unlinked = MAIL.matcher(unlinked).replaceAll("$1[:]");
    unlinked = AT.matcher(unlinked).replaceAll("[at]");
    return WEB.matcher(unlinked).replaceAll("$1[.]");
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim.peers;

/**
 * Known cases in which a peer does not judge as RFC 6376 says, each defined as narrowly as
 * possible.
 */
enum Difference {
  /** §5.4.2 has only what h names signed. dkimpy adds one more From to it. */
  DKIMPY_ANOTHER_FROM("dkimpy") {
    @Override
    boolean explains(View view, boolean ours, String objection) {
      return ours && view.fields("from") > view.named("from");
    }
  },
  /** §3.4.2 knows blanks before the colon and has them removed. dkimpy refuses the mail. */
  DKIMPY_BLANK_BEFORE_COLON("dkimpy") {
    @Override
    boolean explains(View view, boolean ours, String objection) {
      return ours
          && objection.contains("Unexpected characters in RFC822 header")
          && view.anyField("^[^:]*[ \t]:");
    }
  },
  /** As before, but such a From is to dkimpy a line of a mailbox file, which it leaves out. */
  DKIMPY_FROM_AND_BLANK("dkimpy") {
    @Override
    boolean explains(View view, boolean ours, String objection) {
      return view.anyField("^From [ \t]*:");
    }
  },
  /** §3.4.1 leaves each octet as it is. dkimpy drops blanks at the end of the signature. */
  DKIMPY_BLANKS_AT_END("dkimpy") {
    @Override
    boolean explains(View view, boolean ours, String objection) {
      return !view.hasRelaxedHeader() && view.signature().matches("(?s).*[ \\t]");
    }
  },
  /** §3.7 empties b and all white space around its value. dkimpy leaves that after it. */
  DKIMPY_BLANKS_AFTER_B("dkimpy") {
    @Override
    boolean explains(View view, boolean ours, String objection) {
      return ours && view.signature().matches("(?s).*[:;]\\s*b\\s*=[^;]*\\s;.*");
    }
  },
  /** §3.5: the colon may be followed by the first tag at once. dkimpy does not find such a b. */
  DKIMPY_B_RIGHT_AFTER_COLON("dkimpy") {
    @Override
    boolean explains(View view, boolean ours, String objection) {
      return ours && view.signature().matches("(?s)[^:]*:b\\s*=.*");
    }
  },
  /** §3.2: values may have blanks. dkimpy takes what follows one for a tag b, and empties it. */
  DKIMPY_B_WITHIN_A_VALUE("dkimpy") {
    @Override
    boolean explains(View view, boolean ours, String objection) {
      return ours && view.anyTag("unknown\\s*=\\s*a b=c\\s*");
    }
  },
  /** §3.4.4 drops blanks at the end of each line. dkimpy drops them only if a line end follows. */
  DKIMPY_OPEN_LAST_LINE("dkimpy") {
    @Override
    boolean explains(View view, boolean ours, String objection) {
      return ours && view.hasRelaxedBody() && view.mail().body().matches("(?s).*[ \t]");
    }
  },
  /** §2.8 has blanks and tabs only. dkimpy drops vertical tabs and form feeds at ends as well. */
  DKIMPY_CONTROLS("dkimpy") {
    @Override
    boolean explains(View view, boolean ours, String objection) {
      return view.hasRelaxedHeader()
          && view.anyField("(?:^[^:]*:[ \t\r\n]*[\u000B\f]|[\u000B\f][ \t\r\n]*$)");
    }
  },
  /** §3.4.2: before a colon there may be tabs, too. OpenDKIM's library knows blanks. */
  OPENDKIM_TAB_BEFORE_COLON("opendkim") {
    @Override
    boolean explains(View view, boolean ours, String objection) {
      return ours && objection.startsWith("Syntax error") && view.anyField("^[^:]*\t[^:]*:");
    }
  },
  /** §3.4.3 and §3.4.4 add the last line end where it is not. OpenDKIM leaves that to SMTP. */
  OPENDKIM_OPEN_LAST_LINE("opendkim") {
    @Override
    boolean explains(View view, boolean ours, String objection) {
      return ours && view.hasOpenLastLine();
    }
  },
  /**
   * §2.8 has blanks and tabs only. OpenDKIM's library takes vertical tabs and form feeds as well.
   */
  OPENDKIM_CONTROLS("opendkim") {
    @Override
    boolean explains(View view, boolean ours, String objection) {
      return view.hasRelaxedHeader() && view.anyField("[\u000B\f]");
    }
  },
  /** §3.2 has white space before the equals sign. OpenDKIM's library does not empty such a b. */
  OPENDKIM_BLANK_AFTER_B("opendkim") {
    @Override
    boolean explains(View view, boolean ours, String objection) {
      return ours && view.anyTag("b\\s+=.*");
    }
  },
  /**
   * §3.2: other tags are left alone. OpenDKIM's library empties each tag whose name ends with b.
   */
  OPENDKIM_NAMES_ENDING_WITH_B("opendkim") {
    @Override
    boolean explains(View view, boolean ours, String objection) {
      return ours && view.anyTag("ab=.*");
    }
  },
  /** §3.4.1: the field's name is hashed as it is written. jDKIM writes its own. */
  JDKIM_NAME_OF_SIGNATURE("jdkim") {
    @Override
    boolean explains(View view, boolean ours, String objection) {
      return !view.hasRelaxedHeader() && !view.signature().startsWith("DKIM-Signature:");
    }
  },
  /** §3.2 has white space before the equals sign. jDKIM does not find such a b, nor hash others. */
  JDKIM_BLANK_BEFORE_EQUALS("jdkim") {
    @Override
    boolean explains(View view, boolean ours, String objection) {
      return ours && view.anyTag("[A-Za-z]+\\s+=.*");
    }
  },
  /** §3.7 empties the tag b. jDKIM takes the first b before an equals sign for it, anywhere. */
  JDKIM_B_WITHIN_A_TAG("jdkim") {
    @Override
    boolean explains(View view, boolean ours, String objection) {
      return ours && view.anyTag("(?:ab=|unknown\\s*=\\s*a b=).*");
    }
  },
  /** §3.4.2 drops blanks at the end. jDKIM leaves one at that of the signature. */
  JDKIM_BLANKS_AT_END("jdkim") {
    @Override
    boolean explains(View view, boolean ours, String objection) {
      return ours && view.hasRelaxedHeader() && view.signature().matches("(?s).*[ \\t]");
    }
  },
  /** §2.8 has blanks and tabs only. jDKIM drops every control character at ends. */
  JDKIM_CONTROLS("jdkim") {
    @Override
    boolean explains(View view, boolean ours, String objection) {
      return view.hasRelaxedHeader()
          && view.anyField(
              "^[^:]*:[ \\t\\r\\n]*[\\x01-\\x08\\x0B\\f\\x0E-\\x1F]|[\\x01-\\x08\\x0B\\f\\x0E-\\x1F][ \\t\\r\\n]*$");
    }
  },
  /** §3.4.4 drops blanks at the end of each line. jDKIM drops them only if a line end follows. */
  JDKIM_OPEN_LAST_LINE("jdkim") {
    @Override
    boolean explains(View view, boolean ours, String objection) {
      return ours && view.hasRelaxedBody() && view.mail().body().matches("(?s).*[ \\t]");
    }
  },
  /** §3.4.4: a body without text is empty. jDKIM gives it a line end. */
  JDKIM_EMPTY_BODY("jdkim") {
    @Override
    boolean explains(View view, boolean ours, String objection) {
      return ours && view.hasRelaxedBody() && view.mail().body().isBlank();
    }
  };

  private final String peer;

  Difference(String peer) {
    this.peer = peer;
  }

  String peer() {
    return peer;
  }

  abstract boolean explains(View view, boolean ours, String objection);
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import io.tlsrpt.dkim.Author.Unknown;

/**
 * Reads the only address of a From field by RFC 5322 §3.4, with all that may surround it: display
 * name, quotes, comments, folds, and blanks around dots (RFC 5322 §4.4). It is lenient in the local
 * part only, since some providers put dots anywhere in it. Any other departure from the syntax is
 * refused, because another reader might see another address. Takes linear time.
 */
final class AddressReader {
  private static final String SPECIALS = "()<>[]:;@\\,\"";

  private final String text;
  private int at;

  AddressReader(String text) {
    this.text = text;
  }

  /** The domain of the only address, or why there is none. */
  Author author() {
    try {
      return Author.in(onlyDomain());
    } catch (UnreadableAddressException e) {
      return new Unknown(e.getMessage());
    }
  }

  private String onlyDomain() throws UnreadableAddressException {
    skipBlanks();
    if (at == text.length()) {
      throw new UnreadableAddressException("the From field is empty");
    }
    Words words = readWords();
    String domain;
    if (take('<')) {
      skipBlanks();
      domain = domainAfter(readWords());
      expect('>');
      skipBlanks();
    } else {
      domain = domainAfter(words);
      if (take('<')) {
        expectSame(domain);
      }
    }
    expectEnd();
    return domain;
  }

  /**
   * Some senders write the address, without quotes, as its own display name. It is accepted if both
   * have the same domain, so that no reader can see another one.
   */
  private void expectSame(String domain) throws UnreadableAddressException {
    skipBlanks();
    if (!domainAfter(readWords()).equalsIgnoreCase(domain)) {
      throw new UnreadableAddressException("the From field has addresses of two domains");
    }
    expect('>');
    skipBlanks();
  }

  private String domainAfter(Words words) throws UnreadableAddressException {
    if (words != Words.LOCAL_PART) {
      throw unreadable();
    }
    return domain();
  }

  /** What a row of words can be. */
  private enum Words {
    /** None at all. */
    NOTHING,
    /** One, or several with dots between them. */
    LOCAL_PART,
    /** Several with blanks between them. */
    DISPLAY_NAME
  }

  /**
   * Reads words and dots. A single word, or words with dots between them, can be a local part;
   * words with only blanks between them can only be a display name.
   */
  private Words readWords() throws UnreadableAddressException {
    Words words = Words.NOTHING;
    boolean dotBefore = true;
    while (at < text.length() && (text.charAt(at) == '"' || isAtomCharacter(text.charAt(at)))) {
      boolean dot = text.charAt(at) == '.';
      words = dot || dotBefore ? max(words, Words.LOCAL_PART) : Words.DISPLAY_NAME;
      if (text.charAt(at) == '"') {
        skipQuoted();
      } else {
        skipAtom();
      }
      dotBefore = text.charAt(at - 1) == '.';
      skipBlanks();
    }
    return words;
  }

  private static Words max(Words one, Words other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private void skipAtom() {
    while (at < text.length() && isAtomCharacter(text.charAt(at))) {
      at++;
    }
  }

  private String domain() throws UnreadableAddressException {
    expect('@');
    StringBuilder domain = new StringBuilder();
    skipBlanks();
    while (at < text.length() && isAtomCharacter(text.charAt(at))) {
      boolean wordMayFollow = domain.isEmpty() || domain.charAt(domain.length() - 1) == '.';
      if (!wordMayFollow && text.charAt(at) != '.') {
        throw unreadable();
      }
      int start = at;
      skipAtom();
      domain.append(text, start, at);
      skipBlanks();
    }
    if (domain.isEmpty()) {
      throw unreadable();
    }
    if (domain.charAt(domain.length() - 1) == '.') {
      throw new UnreadableAddressException("the domain of the From address ends in a dot");
    }
    return domain.toString();
  }

  private void expect(char c) throws UnreadableAddressException {
    if (!take(c)) {
      throw unreadable();
    }
  }

  private boolean take(char c) {
    boolean there = at < text.length() && text.charAt(at) == c;
    if (there) {
      at++;
    }
    return there;
  }

  private void expectEnd() throws UnreadableAddressException {
    if (at < text.length()) {
      throw unreadable();
    }
  }

  private UnreadableAddressException unreadable() {
    if (at == text.length()) {
      return new UnreadableAddressException("the From field ends before its address does");
    }
    return switch (text.charAt(at)) {
      case ',' ->
          new UnreadableAddressException(
              "the From field has a comma outside of quotes: several addresses");
      case ':', ';' ->
          new UnreadableAddressException(
              "the From field has a colon or semicolon outside of quotes: a group of addresses");
      case '[' ->
          new UnreadableAddressException(
              "the From field has a bracket outside of quotes: an address literal names no domain");
      default ->
          new UnreadableAddressException(
              "the From field is no address of RFC 5322 at character " + (at + 1));
    };
  }

  /** Blanks, folds and comments (RFC 5322 §3.2.2). */
  private void skipBlanks() throws UnreadableAddressException {
    while (at < text.length()) {
      switch (text.charAt(at)) {
        case ' ', '\t', '\r', '\n' -> at++;
        case '(' -> skipComment();
        default -> {
          return;
        }
      }
    }
  }

  private void skipComment() throws UnreadableAddressException {
    int depth = 0;
    do {
      if (at == text.length()) {
        throw new UnreadableAddressException("the From field has a comment that does not end");
      }
      switch (text.charAt(at++)) {
        case '(' -> depth++;
        case ')' -> depth--;
        case '\\' -> at = Math.min(text.length(), at + 1);
        default -> {
          // Part of the comment.
        }
      }
    } while (depth > 0);
  }

  private void skipQuoted() throws UnreadableAddressException {
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    if (at >= text.length()) {
      throw new UnreadableAddressException("the From field has a quote that does not end");
    }
    at++;
  }

  /** An atom's character, or a dot; RFC 6532 adds all that is not ASCII. */
  private static boolean isAtomCharacter(char c) {
    return c > ' ' && c != 0x7f && SPECIALS.indexOf(c) < 0;
  }

  /** Ends the reading from within; never leaves {@link AddressReader}. */
  private static final class UnreadableAddressException extends Exception {
    private static final long serialVersionUID = 1;

    UnreadableAddressException(String why) {
      super(why);
    }

    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }
}

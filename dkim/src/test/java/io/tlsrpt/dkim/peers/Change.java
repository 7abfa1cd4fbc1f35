// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim.peers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What may happen to a signed mail on its way. Some of it a signature outlives. */
enum Change {
  NOTHING {
    @Override
    Mail apply(Mail mail, Mails mails) {
      return mail;
    }
  },
  HEADER_OCTET {
    @Override
    Mail apply(Mail mail, Mails mails) {
      return inValue(mail, mails.odd(), value -> octet(value, mails, false));
    }
  },
  HEADER_BLANK {
    @Override
    Mail apply(Mail mail, Mails mails) {
      return inValue(mail, mails.odd(), value -> blank(value, mails.odd(), true));
    }
  },
  HEADER_FOLD {
    @Override
    Mail apply(Mail mail, Mails mails) {
      return inValue(mail, mails.odd(), value -> refolded(value, mails.odd()));
    }
  },
  CASE_OF_NAME {
    @Override
    Mail apply(Mail mail, Mails mails) {
      int field = mails.odd().below(mail.fields().size());
      String text = mail.fields().get(field);
      String name = text.substring(0, text.indexOf(':'));
      return mail.withField(field, mails.odd().cased(name) + text.substring(name.length()));
    }
  },
  BLANK_BEFORE_COLON {
    @Override
    Mail apply(Mail mail, Mails mails) {
      int field = other(mail, mails.odd());
      String text = mail.fields().get(field);
      return mails.oddities().blanksBeforeColons()
          ? mail.withField(field, text.replaceFirst(":", mails.odd().blanks() + ":"))
          : mail;
    }
  },
  ORDER_OF_FIELDS {
    @Override
    Mail apply(Mail mail, Mails mails) {
      List<String> fields = new ArrayList<>(mail.fields());
      Collections.swap(fields, mails.odd().below(fields.size()), mails.odd().below(fields.size()));
      return new Mail(fields, mail.body());
    }
  },
  FIELD_MORE {
    @Override
    Mail apply(Mail mail, Mails mails) {
      Odd odd = mails.odd();
      List<String> names =
          odd.chance(0.5)
              ? mail.fields().stream().map(Mail::name).toList()
              : List.of("Cc", "X-None", "Reply-To", "Subject", "From", "Other");
      String name = odd.one(names);
      // Which of two signatures is meant is another question.
      String field = mails.field(name.equals("dkim-signature") ? "To" : name);
      List<String> fields = new ArrayList<>(mail.fields());
      fields.add(
          odd.chance(0.4) ? 0 : odd.chance(0.5) ? fields.size() : odd.below(fields.size()), field);
      return new Mail(fields, mail.body());
    }
  },
  FIELD_LESS {
    @Override
    Mail apply(Mail mail, Mails mails) {
      List<String> fields = new ArrayList<>(mail.fields());
      fields.remove(other(mail, mails.odd()));
      return new Mail(fields, mail.body());
    }
  },
  BODY_OCTET {
    @Override
    Mail apply(Mail mail, Mails mails) {
      return mail.withBody(octet(mail.body(), mails, true));
    }
  },
  BODY_BLANK {
    @Override
    Mail apply(Mail mail, Mails mails) {
      return mail.withBody(blank(mail.body(), mails.odd(), false));
    }
  },
  EMPTY_LINES_AT_END {
    @Override
    Mail apply(Mail mail, Mails mails) {
      String body = mail.body();
      boolean fewer = mails.odd().chance(0.4) && body.endsWith("\r\n\r\n");
      return mail.withBody(
          fewer
              ? body.substring(0, body.length() - 2)
              : body + (mails.odd().chance(0.2) ? mails.odd().blanks() : "") + Odd.LINE_END);
    }
  },
  EMPTY_LINE_WITHIN {
    @Override
    Mail apply(Mail mail, Mails mails) {
      String body = mail.body();
      int at = place(mails.odd(), body.length(), i -> i == 0 || body.charAt(i - 1) == '\n');
      return mail.withBody(inserted(body, at, Odd.LINE_END));
    }
  },
  SIGNATURE_FOLD {
    @Override
    Mail apply(Mail mail, Mails mails) {
      int field = mail.signature();
      String text = mail.fields().get(field);
      int at = place(mails.odd(), text.length() + 1, i -> i > 0 && text.charAt(i - 1) == ';');
      return mail.withField(field, inserted(text, at, mails.odd().space(1)));
    }
  },
  SIGNATURE_OCTET {
    @Override
    Mail apply(Mail mail, Mails mails) {
      int field = mail.signature();
      String text = mail.fields().get(field);
      Matcher value = SIGNATURE.matcher(text);
      if (!value.find()) {
        throw new IllegalStateException(text);
      }
      // Not the last characters of base64, some of whose bits are ignored.
      int at =
          value.start(1)
              + place(
                  mails.odd(),
                  value.end(1) - value.start(1) - 6,
                  i -> Character.isLetterOrDigit(text.charAt(value.start(1) + i)));
      return mail.withField(
          field,
          text.substring(0, at) + (text.charAt(at) == 'A' ? 'B' : 'A') + text.substring(at + 1));
    }
  };

  private static final Pattern SIGNATURE = Pattern.compile("[:;]\\s*b\\s*=\\s*([^;]*)");

  /** Whether no signature outlives it. */
  boolean breaks() {
    return this == SIGNATURE_OCTET;
  }

  /** The mail after the change; the same where there is nothing to change. */
  abstract Mail apply(Mail mail, Mails mails);

  /** Some field that is not the signature. */
  private static int other(Mail mail, Odd odd) {
    int signature = mail.signature();
    return place(odd, mail.fields().size(), i -> i != signature);
  }

  private static Mail inValue(Mail mail, Odd odd, UnaryOperator<String> edit) {
    int field = other(mail, odd);
    String text = mail.fields().get(field);
    int value = text.indexOf(':') + 1;
    return mail.withField(field, text.substring(0, value) + edit.apply(text.substring(value)));
  }

  private static String octet(String text, Mails mails, boolean body) {
    Odd odd = mails.odd();
    boolean eightBit = body ? mails.oddities().eightBitBody() : mails.oddities().eightBitHeader();
    char octet = odd.octet(mails.oddities(), eightBit);
    if (odd.chance(0.3)) {
      // Never at the start of a line: in a header that would be another field.
      int at = place(odd, text.length() + 1, i -> i == 0 || "\r\n".indexOf(text.charAt(i - 1)) < 0);
      return inserted(text, at, String.valueOf(octet));
    }
    int at = place(odd, text.length(), i -> " \t\r\n".indexOf(text.charAt(i)) < 0);
    return at < 0
        ? text
        : text.substring(0, at) + (odd.chance(0.5) ? octet : "") + text.substring(at + 1);
  }

  private static String blank(String text, Odd odd, boolean header) {
    if (odd.chance(0.4)) {
      int at =
          place(
              odd,
              text.length(),
              i -> isBlank(text, i) && !(header && i > 0 && text.charAt(i - 1) == '\n'));
      return at < 0 ? text : text.substring(0, at) + text.substring(at + 1);
    }
    int at =
        place(
            odd,
            text.length() + 1,
            i ->
                (i == 0 || text.charAt(i - 1) != '\r')
                    && (odd.chance(0.1) || isBlank(text, i) || i == text.length()));
    return inserted(text, at, odd.blanks());
  }

  private static String refolded(String text, Odd odd) {
    int fold = place(odd, text.length(), i -> text.charAt(i) == '\r');
    if (fold >= 0 && odd.chance(0.5)) {
      return text.substring(0, fold) + text.substring(fold + 2);
    }
    int at =
        place(odd, text.length(), i -> isBlank(text, i) && (i == 0 || text.charAt(i - 1) != '\n'));
    return inserted(text, at, Odd.LINE_END);
  }

  private static boolean isBlank(String text, int at) {
    return at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t');
  }

  private static String inserted(String text, int at, String piece) {
    return at < 0 ? text : text.substring(0, at) + piece + text.substring(at);
  }

  /** A place that will do, or -1 if there is none. */
  private static int place(Odd odd, int bound, IntPredicate will) {
    int[] places = IntStream.range(0, Math.max(bound, 0)).filter(will).toArray();
    return places.length == 0 ? -1 : places[odd.below(places.length)];
  }
}

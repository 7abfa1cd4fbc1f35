// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import io.tlsrpt.dns.Answers;
import java.util.List;
import org.xbill.DNS.Name;

/** What look-ups must know of keys. */
final class KeyAnswers implements Answers<KeyAnswer> {
  @Override
  public Kind kind(KeyAnswer answer) {
    return switch (answer) {
      case KeyAnswer.Found found -> Kind.FOUND;
      case KeyAnswer.Unreadable unreadable -> Kind.NOTHING;
      case KeyAnswer.Absent absent -> Kind.NOTHING;
      case KeyAnswer.Unavailable unavailable -> Kind.UNAVAILABLE;
    };
  }

  @Override
  public KeyAnswer unavailable(String why, boolean asked) {
    return new KeyAnswer.Unavailable(why, asked);
  }

  /** About so many bytes of memory take a name and its keys. */
  static int bytes(Name name, KeyAnswer answer) {
    int keys =
        answer instanceof KeyAnswer.Found(List<KeyRecord> found)
            ? 4 * found.stream().mapToInt(key -> key.text().length()).sum()
            : 0;
    return 400 + name.length() + keys;
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.fold;

import io.tlsrpt.figures.ReportContent;
import io.tlsrpt.figures.ReportIdentity;
import java.util.HexFormat;

/** What the tables keep of the digests of reports. */
public final class Digests {
  private static final int IDENTITY_LENGTH = 32;
  private static final int CONTENT_LENGTH = 16;

  private Digests() {}

  /** Half of a SHA-256: nobody finds a second text for it. */
  public static byte[] of(ReportIdentity identity) {
    return HexFormat.of().parseHex(identity.digest(), 0, IDENTITY_LENGTH);
  }

  /** The same in hexadecimal. */
  public static String hex(ReportIdentity identity) {
    return identity.digest().substring(0, IDENTITY_LENGTH);
  }

  /** An identity that gives the same octets again. */
  public static ReportIdentity identity(byte[] stored) {
    return new ReportIdentity(HexFormat.of().formatHex(stored));
  }

  /** A content that gives the same number again. */
  public static ReportContent content(long stored) {
    return new ReportContent(HexFormat.of().toHexDigits(stored));
  }

  /** A quarter of a SHA-256 is enough: only a remark depends on it. */
  public static long of(ReportContent content) {
    return HexFormat.fromHexDigitsToLong(content.digest(), 0, CONTENT_LENGTH);
  }
}

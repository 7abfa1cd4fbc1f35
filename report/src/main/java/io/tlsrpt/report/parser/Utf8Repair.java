// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tlsrpt.report.Deviation;
import io.tlsrpt.report.Deviations;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/**
 * The bytes of a report's JSON, in which each sequence that is no UTF-8 (a name in Latin-1, say) is
 * replaced by U+FFFD. Such a sequence can only stand in a text, and a damaged text should not cost
 * a report its figures. UTF-16 and UTF-32 pass unchanged, since a JSON parser recognises them by
 * their first bytes.
 *
 * <p>A usual report is ASCII and costs one look at each of its blocks.
 */
final class Utf8Repair extends FilterInputStream {
  /** How many bytes tell the encodings of Unicode apart (RFC 4627 §3). */
  private static final int BEGINNING = 4;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Deviations.Counter deviations;
  private final CharsetDecoder decoder =
      UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);

  /**
   * Read but not yet decoded: the first bytes, or the start of a sequence that the next block may
   * complete.
   */
  private byte[] rest = {};

  /** Repaired but not yet given out. */
  private ByteBuffer ready = NOTHING;

  private boolean begun;
  private boolean isOtherUtf;
  private boolean isTold;

  Utf8Repair(InputStream in, Deviations.Counter deviations) {
    super(in);
    this.deviations = deviations;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (!begun) {
      begin();
    }
    // A block of ASCII passes unchanged. Any other block is repaired and given out from ready; a
    // sequence that the block cuts off stays in rest until the next block.
    while (!ready.hasRemaining()) {
      if (rest.length == 0) {
        int n = in.read(buffer, offset, length);
        if (n <= 0 || isOtherUtf || isAscii(buffer, offset, n)) {
          return n;
        }
        repair(ByteBuffer.wrap(buffer, offset, n).slice(), false);
      } else if (!repairWithRest(length)) {
        return -1;
      }
    }
    int n = Math.min(length, ready.remaining());
    ready.get(buffer, offset, n);
    return n;
  }

  private void begin() throws IOException {
    begun = true;
    byte[] beginning = in.readNBytes(BEGINNING);
    isOtherUtf = isOtherUtf(beginning);
    if (isOtherUtf) {
      ready = ByteBuffer.wrap(beginning);
    } else {
      rest = beginning;
    }
  }

  /** A byte order mark of UTF-16, or ASCII among zeros. */
  private static boolean isOtherUtf(byte[] beginning) {
    boolean hasMark =
        beginning.length >= 2
            && (beginning[0] & beginning[1] & 0xFF) == 0xFE
            && (beginning[0] | beginning[1]) == (byte) 0xFF;
    boolean hasZero = false;
    for (byte b : beginning) {
      hasZero |= b == 0;
    }
    return hasMark || hasZero;
  }

  /** ORs all bytes of a block, a loop that the JIT vectorises. */
  private static boolean isAscii(byte[] bytes, int offset, int length) {
    byte all = 0;
    for (int i = offset; i < offset + length; i++) {
      all |= bytes[i];
    }
    return all >= 0;
  }

  /** Whether there was any byte. */
  private boolean repairWithRest(int length) throws IOException {
    byte[] more = in.readNBytes(Math.max(length, BEGINNING));
    byte[] both = new byte[rest.length + more.length];
    System.arraycopy(rest, 0, both, 0, rest.length);
    System.arraycopy(more, 0, both, rest.length, more.length);
    rest = new byte[0];
    repair(ByteBuffer.wrap(both), more.length == 0);
    return both.length > 0;
  }

  private void repair(ByteBuffer bytes, boolean isEnd) {
    CharBuffer chars = CharBuffer.allocate(bytes.remaining() + 1);
    for (CoderResult result = decoder.decode(bytes, chars, isEnd);
        result.isMalformed();
        result = decoder.decode(bytes, chars, isEnd)) {
      bytes.position(bytes.position() + result.length());
      chars.put('\uFFFD');
      tell();
    }
    rest = new byte[bytes.remaining()];
    bytes.get(rest);
    ready = UTF_8.encode(chars.flip());
  }

  private void tell() {
    if (!isTold) {
      isTold = true;
      deviations.add(Deviation.TEXT_NOT_UTF_8);
    }
  }
}

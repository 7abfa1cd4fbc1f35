// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.mime;

import io.tlsrpt.message.Header;
import java.io.InputStream;

/** A body part that holds no other part: a view of the octets of its mail. */
public final class BodyPart {
  private final MediaType type;
  private final TransferEncoding encoding;
  private final byte[] bytes;
  private final int start;
  private final int end;

  BodyPart(Header header, MediaType type, byte[] bytes, int start, int end) {
    this.type = type;
    this.encoding = TransferEncoding.of(header);
    this.bytes = bytes;
    this.start = start;
    this.end = end;
  }

  MediaType type() {
    return type;
  }

  TransferEncoding encoding() {
    return encoding;
  }

  /** Its octets without the transfer encoding. */
  InputStream open() {
    return encoding.decode(bytes, start, end);
  }
}

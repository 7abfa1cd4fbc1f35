// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.mime;

import io.tlsrpt.message.Header;
import io.tlsrpt.message.HeaderLimits;
import io.tlsrpt.report.ReportLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Walks once through the lines of a multipart body (RFC 2046 §5.1), all levels at once. A line is
 * compared with the boundary of each open multipart, the outermost first, so that an inner part
 * cannot hide the end of an outer one. Each octet is read a few times, however deep the parts are
 * nested.
 */
final class MultipartWalk {
  /** Real headers of parts have some 10 lines. */
  private static final HeaderLimits PART_HEADER = new HeaderLimits(64 << 10, 100);

  private final byte[] bytes;
  private final int size;
  private final ReportLimits limits;

  /** The open multiparts, the outermost first. */
  private final List<Level> levels = new ArrayList<>();

  private final List<BodyPart> parts = new ArrayList<>();
  private Place place = Place.BETWEEN_PARTS;
  private int at;

  /** The parts so far. The outermost multipart counts as one. */
  private int seen = 1;

  private int headerStart;
  private Optional<OpenPart> part = Optional.empty();

  MultipartWalk(byte[] bytes, int start, int size, ReportLimits limits) {
    this.bytes = bytes;
    this.at = start;
    this.size = size;
    this.limits = limits;
  }

  private enum Place {
    /** Before the first part of a multipart, or after its last. */
    BETWEEN_PARTS,
    PART_HEADER,
    PART_CONTENT
  }

  /** The part whose content is being passed. */
  private record OpenPart(Header header, MediaType type, int start) {}

  /**
   * The parts that hold no other, in the order in which they stand.
   *
   * @param type of the outermost multipart
   */
  List<BodyPart> parts(MediaType type) throws TooMuchException {
    open(type);
    while (at < size) {
      int lineEnd = lineEnd();
      readLine(lineEnd);
      at = Math.min(size, lineEnd + 2);
    }
    // A mail may end without the last delimiter: the open part ends with the mail.
    endPart(size, size);
    return parts;
  }

  private int lineEnd() {
    int i = at;
    while (i < size && !(bytes[i] == '\r' && i + 1 < size && bytes[i + 1] == '\n')) {
      i++;
    }
    return i;
  }

  /**
   * Reads one line. A delimiter ends the current part, even one whose header has not ended. Other
   * lines matter only within a header: an empty line ends it, and too many octets end the walk.
   */
  private void readLine(int lineEnd) throws TooMuchException {
    if (lineEnd - at >= 2 && bytes[at] == '-' && bytes[at + 1] == '-' && isDelimiter(lineEnd)) {
      return;
    }
    if (place == Place.PART_HEADER) {
      if (lineEnd == at) {
        endHeader(Math.min(size, lineEnd + 2));
      } else if (lineEnd - headerStart > PART_HEADER.maxLength()) {
        throw tooLongHeader();
      }
    }
  }

  private boolean isDelimiter(int lineEnd) throws TooMuchException {
    int end = lineEnd;
    while (bytes[end - 1] == ' ' || bytes[end - 1] == '\t') {
      end--;
    }
    for (int i = 0; i < levels.size(); i++) {
      switch (levels.get(i).look(bytes, at + 2, end)) {
        case DELIMITER -> {
          endPart(i);
          beginPart(Math.min(size, lineEnd + 2));
          return true;
        }
        case CLOSE_DELIMITER -> {
          endPart(i);
          return true;
        }
        case OTHER -> {
          // It may be a delimiter of the next level.
        }
      }
    }
    return false;
  }

  /** A delimiter of a level ends its part, and all inner multiparts that lack their own end. */
  private void endPart(int level) throws TooMuchException {
    // The line end before a delimiter belongs to the delimiter.
    endPart(at, at - 2);
    levels.subList(level + 1, levels.size()).clear();
  }

  private void beginPart(int start) throws TooMuchException {
    if (++seen > limits.maxMimeParts()) {
      throw new TooMuchException("more body parts than maxMimeParts = " + limits.maxMimeParts());
    }
    headerStart = start;
    place = Place.PART_HEADER;
  }

  private void endPart(int headerEnd, int contentEnd) throws TooMuchException {
    if (place == Place.PART_HEADER) {
      endHeader(headerEnd);
    }
    part.ifPresent(
        open ->
            parts.add(
                new BodyPart(
                    open.header(),
                    open.type(),
                    bytes,
                    open.start(),
                    Math.max(open.start(), contentEnd))));
    part = Optional.empty();
    place = Place.BETWEEN_PARTS;
  }

  /**
   * Ends the header of a part, which begins either an inner multipart or the content of the part.
   */
  private void endHeader(int end) throws TooMuchException {
    Header header = Header.read(bytes, headerStart, end, PART_HEADER);
    if (!header.isWithinLimits()) {
      throw tooLongHeader();
    }
    MediaType type = MediaType.of(header);
    if (type.isMultipart()) {
      open(type);
    } else {
      part = Optional.of(new OpenPart(header, type, end));
      place = Place.PART_CONTENT;
    }
  }

  private static TooMuchException tooLongHeader() {
    return new TooMuchException(
        "the header of a body part has more than "
            + PART_HEADER.maxLength()
            + " octets or "
            + PART_HEADER.maxFields()
            + " fields");
  }

  private void open(MediaType type) throws TooMuchException {
    if (levels.size() == limits.maxMimeDepth()) {
      throw new TooMuchException(
          "body parts nested deeper than maxMimeDepth = " + limits.maxMimeDepth());
    }
    levels.add(new Level(Boundary.of(type)));
    place = Place.BETWEEN_PARTS;
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.mime;

import io.tlsrpt.message.Field;
import io.tlsrpt.message.Header;
import io.tlsrpt.report.ContentForm;
import java.util.Locale;
import java.util.Optional;

/**
 * The media type of a body part, as labelled (RFC 2045 §5).
 *
 * @param essence {@code type/subtype} in lower case
 * @param reportType the parameter {@code report-type} in lower case, or nothing
 * @param boundary the parameter {@code boundary}, if it has a value
 * @param toTheLetter whether the field is written as RFC 2045 asks
 */
public record MediaType(
    String essence, String reportType, Optional<String> boundary, boolean toTheLetter) {
  private static final String REPORT = "application/tlsrpt";

  /** Real fields have some 100 characters. The matcher reads this field of every mail. */
  private static final int MAX_LENGTH = 8_192;

  private static final MediaType UNREADABLE =
      new MediaType("application/octet-stream", "", Optional.empty(), false);

  /** RFC 2045 §5.2. */
  private static final MediaType DEFAULT = new MediaType("text/plain", "", Optional.empty(), true);

  /** The media type that a header states, or that of a header which states none. */
  static MediaType of(Header header) {
    return header.first("content-type").map(MediaType::of).orElse(DEFAULT);
  }

  private static MediaType of(Field field) {
    return field.length() > MAX_LENGTH ? UNREADABLE : parse(field.octets());
  }

  /**
   * Reads a Content-Type field. A field with faults is read as it is meant; never fails.
   *
   * @param value what follows the colon, perhaps folded
   */
  public static MediaType parse(String value) {
    return value.length() > MAX_LENGTH ? UNREADABLE : new ContentTypeReader(value).read();
  }

  /**
   * A report of its own (RFC 8460 §6.4, RFC 8460 §6.5), or one of the forms of it that senders make
   * up.
   */
  public boolean isReport() {
    return essence.equals(REPORT) || essence.startsWith(REPORT + "+");
  }

  /** One of the two that the RFC registers. */
  boolean isRegistered() {
    return essence.equals(REPORT + "+gzip") || essence.equals(REPORT + "+json");
  }

  /** The form that the label of a report promises. */
  ContentForm form() {
    return switch (essence) {
      case REPORT + "+gzip", REPORT + "+x-gzip" -> ContentForm.GZIP;
      case REPORT + "+json" -> ContentForm.JSON;
      case REPORT + "+zip" -> ContentForm.ZIP;
      default -> ContentForm.UNKNOWN;
    };
  }

  /** The container of a report mail (RFC 8460 §5.3). */
  public boolean isReportContainer() {
    return essence.equals("multipart/report") && reportType.equals("tlsrpt");
  }

  boolean isMultipart() {
    return essence.startsWith("multipart/");
  }

  /** A mail within the mail. Whoever signed the outer mail is not the author of what is in it. */
  boolean isMessage() {
    return essence.startsWith("message/");
  }

  static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}

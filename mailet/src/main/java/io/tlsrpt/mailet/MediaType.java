// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import io.tlsrpt.report.ContentForm;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.ParseException;
import java.util.Locale;

/**
 * The media type of a body part, as labelled.
 *
 * @param essence {@code type/subtype} in lower case
 * @param reportType the parameter {@code report-type} in lower case, or nothing
 */
record MediaType(String essence, String reportType) {
  private static final MediaType UNREADABLE = new MediaType("application/octet-stream", "");
  private static final String REPORT = "application/tlsrpt";

  static MediaType of(Part part) throws MessagingException {
    String[] field = part.getHeader("Content-Type");
    if (field == null) {
      return new MediaType("text/plain", "");
    }
    if (field[0].length() > ReportHeader.MAX_FIELD_LENGTH) {
      return UNREADABLE;
    }
    try {
      ContentType type = new ContentType(field[0]);
      String reportType = type.getParameter("report-type");
      return new MediaType(lower(type.getBaseType()), reportType == null ? "" : lower(reportType));
    } catch (ParseException e) {
      return UNREADABLE;
    }
  }

  /**
   * A report of its own (RFC 8460 §6.4, RFC 8460 §6.5), or one of the forms of it that senders make
   * up.
   */
  boolean isReport() {
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
  boolean isReportContainer() {
    return essence.equals("multipart/report") && reportType.equals("tlsrpt");
  }

  boolean isMultipart() {
    return essence.startsWith("multipart/");
  }

  /** A mail within the mail: what is in it was not signed by whoever sent what is around it. */
  boolean isMessage() {
    return essence.startsWith("message/");
  }

  private static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}

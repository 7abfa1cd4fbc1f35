// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

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

  static MediaType of(Part part) throws MessagingException {
    String[] field = part.getHeader("Content-Type");
    if (field == null) {
      return new MediaType("text/plain", "");
    }
    try {
      ContentType type = new ContentType(field[0]);
      String reportType = type.getParameter("report-type");
      return new MediaType(lower(type.getBaseType()), reportType == null ? "" : lower(reportType));
    } catch (ParseException e) {
      return UNREADABLE;
    }
  }

  /** A report of its own (RFC 8460 §6.4, §6.5). */
  boolean isReport() {
    return essence.equals("application/tlsrpt+gzip") || essence.equals("application/tlsrpt+json");
  }

  /** The container of a report mail (RFC 8460 §5.3). */
  boolean isReportContainer() {
    return essence.equals("multipart/report") && reportType.equals("tlsrpt");
  }

  boolean isMultipart() {
    return essence.startsWith("multipart/");
  }

  private static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}

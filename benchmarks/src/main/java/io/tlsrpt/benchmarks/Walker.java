// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks;

import io.tlsrpt.message.RawMail;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Properties;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;

/** Ways to find the body parts of a mail, none of which decodes any of them. */
public enum Walker {
  OURS {
    private final ReportReading reading = new ReportReading();

    @Override
    Object walk(byte[] mail) {
      return reading.search(RawMail.of(mail, mail.length));
    }
  },

  /** mime4j's token stream with what limits it has; depth and number of parts it leaves to us. */
  MIME4J {
    private final MimeConfig config =
        MimeConfig.custom()
            .setMaxLineLen(-1)
            .setMaxHeaderLen(64 << 10)
            .setMaxHeaderCount(100)
            .build();

    @Override
    Object walk(byte[] mail) {
      MimeTokenStream tokens = new MimeTokenStream(config);
      tokens.parse(new ByteArrayInputStream(mail));
      int parts = 0;
      try {
        EntityState state = tokens.getState();
        while (state != EntityState.T_END_OF_STREAM) {
          if (state == EntityState.T_BODY
              && !tokens.getBodyDescriptor().getMimeType().startsWith("multipart/")) {
            parts++;
          }
          state = tokens.next();
        }
      } catch (MimeException | IOException e) {
        return e;
      }
      return parts;
    }
  },

  /** Jakarta Mail as 1.0.0 used it, without the limit of parts that it had. */
  JAKARTA_MAIL {
    private final Session session = Session.getInstance(new Properties());

    @Override
    Object walk(byte[] mail) {
      int parts = 0;
      try {
        Deque<Part> left = new ArrayDeque<>();
        left.add(new MimeMessage(session, new ByteArrayInputStream(mail)));
        while (!left.isEmpty()) {
          Part part = left.removeFirst();
          if (!part.getContentType().toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            parts++;
            continue;
          }
          MimeMultipart multipart = new MimeMultipart(part.getDataHandler().getDataSource());
          for (int i = 0; i < multipart.getCount(); i++) {
            left.addLast(multipart.getBodyPart(i));
          }
        }
      } catch (MessagingException e) {
        return e;
      }
      return parts;
    }
  };

  /** What it came to: what was found, how many parts, or why it gave up. */
  abstract Object walk(byte[] mail);
}

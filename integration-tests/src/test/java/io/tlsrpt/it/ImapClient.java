// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Reads a mailbox as its owner. */
record ImapClient(int port, String user, String password) {
  private static final String TIMEOUT_MILLIS = "20000";

  /** The mails of the inbox, as they stand, with line ends as {@code \n}. */
  List<String> inbox() {
    Properties properties = new Properties();
    properties.setProperty("mail.imap.partialfetch", "false");
    properties.setProperty("mail.imap.connectiontimeout", TIMEOUT_MILLIS);
    properties.setProperty("mail.imap.timeout", TIMEOUT_MILLIS);
    List<String> mails = new ArrayList<>();
    try (Store store = Session.getInstance(properties).getStore("imap")) {
      store.connect("127.0.0.1", port, user, password);
      try (Folder inbox = store.getFolder("INBOX")) {
        inbox.open(Folder.READ_ONLY);
        for (Message message : inbox.getMessages()) {
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          message.writeTo(out);
          mails.add(out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n"));
        }
      }
      return mails;
    } catch (MessagingException | IOException e) {
      throw new IllegalStateException("cannot read the inbox of " + user, e);
    }
  }
}

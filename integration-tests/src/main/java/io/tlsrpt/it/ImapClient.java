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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * Reads a mailbox as its owner. James 3.8.1 now and then leaves an IMAP client without an answer to
 * FETCH (seen with mails at rest and nobody else connected), so one that waits in vain connects
 * again.
 */
record ImapClient(int port, String user, String password) {
  private static final String TIMEOUT_MILLIS = "5000";
  private static final Duration DELIVERY = Duration.ofSeconds(90);

  /** Waits until there are so many mails in the inbox. */
  void await(int mails) {
    Waiting.until(DELIVERY, mails + " mails lie in the mailbox", () -> count() == mails);
  }

  /** The mails of the inbox once there is one. */
  List<String> some() {
    Waiting.until(DELIVERY, "a mail lies in the mailbox", () -> count() > 0);
    List<String> texts = new ArrayList<>();
    Waiting.until(DELIVERY, "the mailbox can be read", () -> read(texts));
    return texts;
  }

  /** The mails of the inbox once there are so many, as they stand, with line ends as {@code \n}. */
  List<String> inbox(int mails) {
    await(mails);
    List<String> texts = new ArrayList<>();
    Waiting.until(DELIVERY, "the mailbox can be read", () -> read(texts));
    return texts;
  }

  private boolean read(List<String> texts) {
    texts.clear();
    try (Store store = connect();
        Folder inbox = store.getFolder("INBOX")) {
      inbox.open(Folder.READ_ONLY);
      for (Message message : inbox.getMessages()) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        message.writeTo(out);
        texts.add(out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n"));
      }
      return true;
    } catch (MessagingException | IOException e) {
      return false;
    }
  }

  /** Asks without opening the inbox; -1 if there is no answer. */
  private int count() {
    try (Store store = connect()) {
      Folder inbox = store.getFolder("INBOX");
      return inbox.exists() ? inbox.getMessageCount() : 0;
    } catch (MessagingException e) {
      return -1;
    }
  }

  private Store connect() throws MessagingException {
    Properties properties = new Properties();
    properties.setProperty("mail.imap.partialfetch", "false");
    properties.setProperty("mail.imap.connectiontimeout", TIMEOUT_MILLIS);
    properties.setProperty("mail.imap.timeout", TIMEOUT_MILLIS);
    Store store = Session.getInstance(properties).getStore("imap");
    store.connect("127.0.0.1", port, user, password);
    return store;
  }
}

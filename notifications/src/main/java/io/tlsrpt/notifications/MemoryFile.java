// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.notifications;

import io.tlsrpt.report.DomainName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that keeps a {@link Memory}: a line for each thing, of words with blanks between them. A
 * line that cannot be read is left out. Without a readable file the memory is empty: what may have
 * been told already is not told again.
 */
final class MemoryFile {
  private static final Logger LOGGER = LoggerFactory.getLogger(MemoryFile.class);
  private static final int MOST_OCTETS = 8 << 20;
  private static final Pattern BLANK = Pattern.compile(" ");
  private static final Pattern THREAD_NAME = Pattern.compile("[A-Za-z0-9._-]{1,400}");
  private static final Pattern MESSAGE_ID =
      Pattern.compile("[A-Za-z0-9._-]{1,600}@[^\\s<>]{1,300}");

  private final Path file;

  MemoryFile(Path file) {
    this.file = file;
  }

  Memory read(LocalDate today) {
    Memory memory = Memory.empty(today);
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(MOST_OCTETS), StandardCharsets.UTF_8);
      text.lines().forEach(line -> read(line, memory));
    } catch (NoSuchFileException e) {
      // The first start, or somebody has deleted it.
    } catch (IOException e) {
      LOGGER.warn("{} cannot be read, so what was to be told by mail is forgotten", file, e);
    }
    return memory;
  }

  private static void read(String line, Memory memory) {
    List<String> words = BLANK.splitAsStream(line).toList();
    try {
      switch (words.get(0)) {
        case "mails" ->
            memory.setMails(LocalDate.parse(words.get(1)), Integer.parseInt(words.get(2)));
        case "round" -> memory.setRoundDay(LocalDate.parse(words.get(1)));
        case "digest" -> memory.setDigestDay(LocalDate.parse(words.get(1)));
        case "trouble" -> memory.troubles().add(Trouble.valueOf(words.get(1)));
        case "thread" -> readThread(words.get(1), words.get(2), memory);
        case "sent" -> memory.putSent(words.get(1));
        case "loss" ->
            DomainName.parse(words.get(1))
                .ifPresent(domain -> memory.putLoss(domain, Instant.parse(words.get(2))));
        case "pending" -> NoticeCodec.read(words.subList(1, words.size())).ifPresent(memory::add);
        default -> {
          // Of a later version.
        }
      }
    } catch (DateTimeParseException | IllegalArgumentException | IndexOutOfBoundsException e) {
      LOGGER.debug("A line is left out: {}", line, e);
    }
  }

  /** These words become header fields again, so they are looked at. */
  private static void readThread(String name, String messageId, Memory memory) {
    if (THREAD_NAME.matcher(name).matches() && MESSAGE_ID.matcher(messageId).matches()) {
      memory.putThread(name, messageId);
    }
  }

  void write(Memory memory) {
    List<String> lines = new ArrayList<>();
    lines.add("mails " + memory.mailDay() + " " + memory.mailsOf(memory.mailDay()));
    lines.add("round " + memory.roundDay());
    memory.digestDay().ifPresent(day -> lines.add("digest " + day));
    memory.troubles().forEach(trouble -> lines.add("trouble " + trouble));
    memory.threads().forEach((name, id) -> lines.add("thread " + name + " " + id));
    memory.sent().forEach(id -> lines.add("sent " + id));
    memory.losses().forEach((domain, told) -> lines.add("loss " + domain + " " + told));
    memory.pending().forEach(notice -> lines.add("pending " + NoticeCodec.write(notice)));
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(next, lines);
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOGGER.warn("{} cannot be written: after a restart a mail may tell something again", file, e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** What is logged from {@link #begin} until it is closed, of level INFO and above. */
public final class LogLines implements AutoCloseable {
  private static final List<LogLines> OPEN = new CopyOnWriteArrayList<>();

  private final List<String> lines = new CopyOnWriteArrayList<>();

  private LogLines() {}

  public static LogLines begin() {
    LogLines lines = new LogLines();
    OPEN.add(lines);
    return lines;
  }

  /** Each line with its level: {@code WARN the clock is wrong}. */
  public List<String> all() {
    return List.copyOf(lines);
  }

  /** The lines of one level, without it. */
  public List<String> of(Level level) {
    String prefix = level + " ";
    return lines.stream()
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()))
        .toList();
  }

  @Override
  public void close() {
    OPEN.remove(this);
  }

  static final class Logger extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1;

    Logger(String name) {
      this.name = name;
    }

    @Override
    public boolean isTraceEnabled() {
      return false;
    }

    @Override
    public boolean isDebugEnabled() {
      return false;
    }

    @Override
    public boolean isInfoEnabled() {
      return true;
    }

    @Override
    public boolean isWarnEnabled() {
      return true;
    }

    @Override
    public boolean isErrorEnabled() {
      return true;
    }

    @Override
    protected String getFullyQualifiedCallerName() {
      return Logger.class.getName();
    }

    @Override
    protected void handleNormalizedLoggingCall(
        Level level,
        org.slf4j.Marker marker,
        String pattern,
        Object[] arguments,
        Throwable throwable) {
      String line = level + " " + MessageFormatter.basicArrayFormat(pattern, arguments);
      OPEN.forEach(open -> open.lines.add(line));
    }
  }
}

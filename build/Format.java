// SPDX-License-Identifier: Apache-2.0

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks (or applies) the format and the licence line of every source file: {@code java Format.java
 * check|apply <root>}. A program of its own, because the formatter must run on the JDK that Maven's
 * toolchain selects, not on the one that runs Maven.
 */
class Format {
  private static final String LICENCE = "// SPDX-License-Identifier: Apache-2.0\n";

  public static void main(String[] args) throws IOException {
    boolean apply =
        switch (args[0]) {
          case "apply" -> true;
          case "check" -> false;
          default ->
              throw new IllegalArgumentException("format: " + args[0] + ", allowed: check, apply");
        };
    List<Path> differing =
        sources(Path.of(args[1])).parallelStream().filter(file -> differs(file, apply)).toList();
    for (Path file : differing) {
      System.err.println((apply ? "formatted: " : "not formatted: ") + file);
    }
    if (!differing.isEmpty() && !apply) {
      System.err.println("Mend with: mvn -N validate -Dformat=apply");
      System.exit(1);
    }
  }

  private static boolean differs(Path file, boolean apply) {
    try {
      String before = Files.readString(file);
      String after = format(before.startsWith(LICENCE) ? before : LICENCE + "\n" + before);
      boolean differs = !before.equals(after);
      if (differs && apply) {
        Files.writeString(file, after);
      }
      return differs;
    } catch (IOException | FormatterException e) {
      throw new IllegalStateException(file + ": " + e.getMessage(), e);
    }
  }

  private static String format(String source) throws FormatterException {
    String ordered = ImportOrderer.reorderImports(source, JavaFormatterOptions.Style.GOOGLE);
    return new Formatter().formatSource(RemoveUnusedImports.removeUnusedImports(ordered));
  }

  private static List<Path> sources(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(path -> path.toString().endsWith(".java"))
          .filter(path -> !root.relativize(path).toString().contains("target/"))
          .sorted()
          .toList();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Counts what can be counted of the shape of the code, package by package: {@code java
 * build/Counts.java} in the directory of the project, or with another directory behind it. Main
 * code only; a line of code has something else in it than blanks and comments.
 */
class Counts {
  /** Texts come first, so that a comment's beginning within a text is none. */
  private static final Pattern COMMENT =
      Pattern.compile(
          "(?s)(\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\])')"
              + "|(/\\*\\*.*?\\*/)|(/\\*.*?\\*/|//[^\\n]*)");

  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");

  /** What is counted of one package. */
  private static final class Sum {
    final List<Integer> files = new ArrayList<>();
    final List<Integer> methods = new ArrayList<>();
    int types;
    int packagePrivate;
    int codeLines;
    int javadocLines;
    int otherComments;

    void add(Sum other) {
      files.addAll(other.files);
      methods.addAll(other.methods);
      types += other.types;
      packagePrivate += other.packagePrivate;
      codeLines += other.codeLines;
      javadocLines += other.javadocLines;
      otherComments += other.otherComments;
    }
  }

  public static void main(String[] args) throws IOException {
    Map<String, Sum> sums = new TreeMap<>();
    for (Path file : sources(Path.of(args.length > 0 ? args[0] : "."))) {
      count(file, sums);
    }
    Sum all = new Sum();
    sums.values().forEach(all::add);
    System.out.println(
        "package                          files   code  file med/p90/max  method n/med/p90/max"
            + "  package-private  javadoc/code  other comments/1000");
    sums.forEach(Counts::print);
    print("all", all);
  }

  private static List<Path> sources(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(path -> path.toString().endsWith(".java"))
          .filter(path -> path.toString().contains("src/main/java/"))
          .filter(path -> !path.endsWith("package-info.java"))
          .filter(
              path ->
                  !path.toString().matches(".*(target|benchmarks|testing|integration-tests)/.*"))
          .sorted()
          .toList();
    }
  }

  private static void count(Path file, Map<String, Sum> sums) throws IOException {
    String source = Files.readString(file);
    Sum sum =
        sums.computeIfAbsent(
            PACKAGE.matcher(source).results().map(found -> found.group(1)).findFirst().orElse("-"),
            name -> new Sum());
    sum.files.add((int) source.lines().count());
    for (MatchResult found : COMMENT.matcher(source).results().toList()) {
      if (found.group(2) != null) {
        sum.javadocLines += (int) found.group(2).lines().count();
      } else if (found.group(3) != null && !found.group(3).contains("SPDX")) {
        sum.otherComments += (int) found.group(3).lines().count();
      }
    }
    String code = COMMENT.matcher(source).replaceAll(f -> f.group(1) == null ? "" : "\"\"");
    sum.codeLines += (int) code.lines().filter(line -> !line.isBlank()).count();
    countTypes(file, sum);
  }

  private static void countTypes(Path file, Sum sum) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(null, files, null, null, null, files.getJavaFileObjects(file));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        for (Tree type : unit.getTypeDecls()) {
          if (type instanceof ClassTree topLevel) {
            sum.types++;
            if (!topLevel.getModifiers().getFlags().contains(Modifier.PUBLIC)) {
              sum.packagePrivate++;
            }
          }
        }
        LineMap lines = unit.getLineMap();
        new TreeScanner<Void, Void>() {
          @Override
          public Void visitMethod(MethodTree method, Void nothing) {
            if (method.getBody() != null) {
              long first = lines.getLineNumber(positions.getStartPosition(unit, method));
              long last = lines.getLineNumber(positions.getEndPosition(unit, method));
              sum.methods.add((int) (last - first + 1));
            }
            return super.visitMethod(method, nothing);
          }
        }.scan(unit, null);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void print(String name, Sum sum) {
    System.out.printf(
        Locale.ROOT,
        "%-32s %5d %6d  %15s  %20s  %13d %%  %12.2f  %19.0f%n",
        name,
        sum.files.size(),
        sum.codeLines,
        spread(sum.files),
        sum.methods.size() + "/" + spread(sum.methods),
        sum.types == 0 ? 0 : Math.round(100.0 * sum.packagePrivate / sum.types),
        (double) sum.javadocLines / sum.codeLines,
        1_000.0 * sum.otherComments / sum.codeLines);
  }

  private static String spread(List<Integer> of) {
    List<Integer> sorted = of.stream().sorted().toList();
    return sorted.isEmpty()
        ? "-"
        : sorted.get(sorted.size() / 2)
            + "/"
            + sorted.get(sorted.size() * 9 / 10)
            + "/"
            + sorted.getLast();
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.markup;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A piece of a page. Whatever text is put in is escaped when it is written; names of elements and
 * attributes are literals of ours. So nothing that a sender wrote can become markup.
 */
public sealed interface Html {

  /** Text, as it is to be read. */
  record Text(String text) implements Html {
    public Text {
      requireNonNull(text, "text");
    }
  }

  /** Several pieces, one after the other. */
  record Pieces(List<Html> pieces) implements Html {
    public Pieces {
      pieces = List.copyOf(pieces);
    }
  }

  /** An element, of HTML or of SVG in it. */
  record Element(String name, Map<String, String> attributes, List<Html> children) implements Html {
    private static final Set<String> VOID =
        Set.of("br", "hr", "img", "input", "link", "meta", "col");

    public Element {
      requireNonNull(name, "name");
      children = List.copyOf(children);
    }

    /** The same with one attribute more. */
    public Element with(String attribute, String value) {
      Map<String, String> more = new LinkedHashMap<>(attributes);
      more.put(attribute, value);
      return new Element(name, more, children);
    }

    /** The same with one attribute more, a number. */
    public Element with(String attribute, long value) {
      return with(attribute, Long.toString(value));
    }

    /** The same with an attribute that has no value, if it is to be there. */
    public Element flagged(String attribute, boolean there) {
      return there ? with(attribute, "") : this;
    }
  }

  /** An element; its children are pieces, and texts as strings. */
  static Element el(String name, Object... children) {
    return new Element(name, Map.of(), pieces(children));
  }

  /** A link. */
  static Element a(String href, Object... children) {
    return el("a", children).with("href", href);
  }

  /** Pieces, and texts as strings, one after the other. */
  static Html all(Object... pieces) {
    return new Pieces(pieces(pieces));
  }

  /** Pieces, one after the other. */
  static Html all(List<? extends Html> pieces) {
    return new Pieces(List.copyOf(pieces));
  }

  /** Nothing. */
  static Html none() {
    return new Pieces(List.of());
  }

  private static List<Html> pieces(Object... children) {
    List<Html> pieces = new ArrayList<>();
    for (Object child : children) {
      switch (child) {
        case Html piece -> pieces.add(piece);
        case String text -> pieces.add(new Text(text));
        case Number number -> pieces.add(new Text(number.toString()));
        default -> throw new IllegalArgumentException("no piece of a page: " + child.getClass());
      }
    }
    return pieces;
  }

  /** Writes a piece as markup. */
  static void write(Html piece, StringBuilder to) {
    switch (piece) {
      case Text(String text) -> escape(text, to);
      case Pieces(List<Html> pieces) -> pieces.forEach(one -> write(one, to));
      case Element(String name, Map<String, String> attributes, List<Html> children) -> {
        to.append('<').append(name);
        attributes.forEach(
            (attribute, value) -> {
              to.append(' ').append(attribute).append("=\"");
              escape(value, to);
              to.append('"');
            });
        to.append('>');
        if (!Element.VOID.contains(name)) {
          children.forEach(child -> write(child, to));
          to.append("</").append(name).append('>');
        }
      }
    }
  }

  private static void escape(String text, StringBuilder to) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> to.append("&amp;");
        case '<' -> to.append("&lt;");
        case '>' -> to.append("&gt;");
        case '"' -> to.append("&quot;");
        case '\'' -> to.append("&#39;");
        default -> to.append(c);
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;

/** What an answer says. */
public sealed interface Body {

  /** The text, to be sent as UTF-8. */
  record Text(String text) implements Body {
    public Text {
      requireNonNull(text, "text");
    }
  }

  /** Too long to be held as a whole: it is written while it is sent. */
  non-sealed interface Stream extends Body {
    /** Writes UTF-8. May be called again, and then writes the same. */
    void writeTo(OutputStream out) throws IOException;
  }
}

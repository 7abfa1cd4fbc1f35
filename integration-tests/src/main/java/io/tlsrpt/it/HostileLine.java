// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import java.util.List;

/**
 * Lines that somebody on the way puts above a signed header, in the hope that who verifies the
 * signature does not see the field in them and who reads the mail does.
 *
 * @param what says which
 * @param lines without the last line end
 */
public record HostileLine(String what, String lines) {
  private static final String MULTIPART = "multipart/mixed; boundary=X";

  public static List<HostileLine> all() {
    return List.of(
        new HostileLine("a usual second field", "Content-Type: " + MULTIPART),
        new HostileLine("a blank before the colon", "Content-Type : " + MULTIPART),
        new HostileLine("a name folded by a blank", "Content-Type\n : " + MULTIPART),
        new HostileLine("a name folded by a tab", "Content-Type\n\t: " + MULTIPART),
        new HostileLine("a name folded twice", "Content-Type\n \n : " + MULTIPART),
        new HostileLine("another case, folded", "CONTENT-TYPE\n : " + MULTIPART),
        new HostileLine("a vertical tab behind the name", "Content-Type\u000b: " + MULTIPART),
        new HostileLine("a vertical tab before the name", "\u000bContent-Type: " + MULTIPART),
        new HostileLine("a form feed behind the name", "Content-Type\f: " + MULTIPART),
        new HostileLine("a control before the name", "\u0001Content-Type: " + MULTIPART),
        new HostileLine("a control behind the name", "Content-Type\u001f: " + MULTIPART),
        new HostileLine("a control behind a blank", "Content-Type \u0001: " + MULTIPART),
        new HostileLine("a NUL before the name", "\u0000Content-Type: " + MULTIPART),
        new HostileLine("a NUL behind the name", "Content-Type\u0000: " + MULTIPART),
        new HostileLine("a DEL behind the name", "Content-Type\u007f: " + MULTIPART),
        new HostileLine("a C1 control behind the name", "Content-Type\u0085: " + MULTIPART),
        new HostileLine("a no-break space behind the name", "Content-Type\u00a0: " + MULTIPART),
        new HostileLine("an 8-bit name", "Content-Typ\u00e9: " + MULTIPART),
        new HostileLine("octets that are no UTF-8", "\u00ff\u00fe: " + MULTIPART),
        new HostileLine("a name alone", "Content-Type"),
        new HostileLine("a name alone, folded", "Content-Type\n " + MULTIPART),
        new HostileLine("a field without a name", ": " + MULTIPART),
        new HostileLine("a line of blanks before a field", " \t \nContent-Type: " + MULTIPART),
        new HostileLine("a line of blanks before a fold", "Content-Type\n   \n : " + MULTIPART),
        new HostileLine("a lone CR before the name", "X-A: b\rContent-Type: " + MULTIPART),
        new HostileLine("a lone CR behind the name", "Content-Type\r : " + MULTIPART),
        new HostileLine("an mbox line", "From nobody Mon Nov 23 10:00:00 2026"),
        new HostileLine("a folded transfer encoding", "Content-Transfer-Encoding\n : base64"),
        new HostileLine("a folded policy domain", "TLS-Report-Domain\n : x.example"),
        new HostileLine(
            "all of them",
            "TLS-Report-Domain\n : x.example\nTLS-Report-Submitter\n : x.example\n"
                + "Content-Transfer-Encoding\n : 7bit\nContent-Type\n : "
                + MULTIPART));
  }

  public String above(String mail) {
    return lines + "\n" + mail;
  }

  @Override
  public String toString() {
    return what;
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tlsrpt.it.BombMail;
import io.tlsrpt.it.HostileLine;
import io.tlsrpt.it.HostileSize;
import io.tlsrpt.it.Octets;
import io.tlsrpt.it.Reporters;
import io.tlsrpt.it.SpoofedMail;
import io.tlsrpt.it.TrackerMail;
import io.tlsrpt.testing.DkimSigner;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Mails by number of which none may count: of every kind that the integration tests know, made
 * before they are sent where that takes time.
 */
final class HostileMails {
  /** Whose keys are published, beside the reporters of {@link LoadMails}. */
  static final List<String> SIGNERS = List.of("tracker.example", "bomber.example");

  private static final int KINDS = 8;

  /** Of the mails of a kind, one in so many is a large one. */
  private static final int LARGE_ONES = 50;

  private static final int USUAL_SIZE = 128 << 10;
  private static final int LARGE_SIZE = 4 << 20;

  private final LoadMails source;
  private final List<byte[]> forged;
  private final byte[] domainOutsideOfSignature;
  private final Map<HostileSize, byte[]> sizes = new EnumMap<>(HostileSize.class);
  private final Map<HostileSize, byte[]> largeSizes = new EnumMap<>(HostileSize.class);
  private final Map<BombMail, byte[]> bombs = new EnumMap<>(BombMail.class);

  HostileMails(Reporters reporters, LoadMails source) {
    this.source = source;
    DkimSigner tracker = reporters.signer("tracker.example");
    String signed = TrackerMail.of(tracker, LoadMails.domain(0));
    forged = HostileLine.all().stream().map(line -> Octets.of(line.above(signed))).toList();
    domainOutsideOfSignature =
        Octets.of("TLS-Report-Domain: " + LoadMails.domain(0) + "\n" + withoutDomain(tracker));
    for (HostileSize size : HostileSize.values()) {
      sizes.put(size, size.mail(USUAL_SIZE));
      largeSizes.put(size, size.mail(LARGE_SIZE));
    }
    for (BombMail bomb : BombMail.values()) {
      bombs.put(bomb, bomb.by(reporters.signer("bomber.example")));
    }
  }

  /** A signed report that names no domain, neither in its body nor in its header. */
  private static String withoutDomain(DkimSigner signer) {
    return signer.sign(
        """
        From: reports@%s
        To: tlsrpt@example.com
        Subject: A report
        Message-ID: <1@tracker.example>
        MIME-Version: 1.0
        Content-Type: application/tlsrpt+json

        {"report-id": "1", "policies": [{
          "policy": {"policy-type": "no-policy-found"},
          "summary": {"total-failure-session-count": 4711}}]}
        """
            .formatted(signer.domain()));
  }

  byte[] mail(int number) {
    int which = number / KINDS;
    return switch (number % KINDS) {
      case 0 -> SpoofedMail.of(LoadMails.reporter(which), "selector" + which, number);
      case 1 -> SpoofedMail.of(LoadMails.reporter(which), "reports", number);
      case 2 -> SpoofedMail.of("silent" + which + ".example", "reports", number);
      case 3 -> numbered(forged.get(which % forged.size()), number);
      case 4 -> numbered(domainOutsideOfSignature, number);
      case 5 -> size(which);
      case 6 -> which % LARGE_ONES == 0 ? bomb(which / LARGE_ONES) : broken(which);
      default -> garbage(number);
    };
  }

  /** Broken MIME, and such as is long to be searched for parts. */
  private byte[] size(int which) {
    HostileSize[] kinds = HostileSize.values();
    HostileSize kind = kinds[which % kinds.length];
    return (which % LARGE_ONES == 0 ? largeSizes : sizes).getOrDefault(kind, new byte[0]);
  }

  private byte[] bomb(int which) {
    BombMail[] kinds = BombMail.values();
    int kind = which % (kinds.length + 1);
    return kind < kinds.length
        ? bombs.getOrDefault(kinds[kind], new byte[0])
        : source.mixed(which * 1_000);
  }

  /** Signed by a reporter, but no report: cut off, too deep, no gzip. */
  private byte[] broken(int which) {
    return source.mixed(which % 10 == 0 ? 1_000 * which + 1 : 10 * which + 8);
  }

  /** Octets by chance, in lines; the header is by chance as well. */
  private static byte[] garbage(int number) {
    Random chance = new Random(number);
    StringBuilder mail = new StringBuilder();
    int lines = 1 + chance.nextInt(40);
    for (int line = 0; line < lines; line++) {
      int length = chance.nextInt(200);
      for (int i = 0; i < length; i++) {
        char octet = (char) chance.nextInt(256);
        mail.append(octet == '\r' || octet == '\n' ? ' ' : octet);
      }
      mail.append("\r\n");
    }
    return mail.toString().getBytes(ISO_8859_1);
  }

  private static byte[] numbered(byte[] mail, int number) {
    byte[] field = ("X-Number: " + number + "\r\n").getBytes(US_ASCII);
    byte[] numbered = new byte[field.length + mail.length];
    System.arraycopy(field, 0, numbered, 0, field.length);
    System.arraycopy(mail, 0, numbered, field.length, mail.length);
    return numbered;
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import io.tlsrpt.it.ReportMail.Form;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;

/**
 * The reports that the demonstration delivers, in this order: of different reporters, about three
 * domains, in all forms, good and bad, signed by their reporters. What they add up to is written
 * down in {@link ExpectedFigures}, by hand.
 */
public final class Samples {
  private static final int DAYS_BACK = 3;

  private final LocalDate today;
  private final Reporters reporters;

  /** Samples of the days before {@code today}, a UTC day. */
  public Samples(LocalDate today, Reporters reporters) {
    this.today = today;
    this.reporters = reporters;
  }

  /** A mail and what it shows. */
  public record Sample(String title, String sender, String mail) {}

  /** All of them. */
  public List<Sample> all() {
    ReportMail bigmail = new ReportMail("bigmail.example", "example.com");
    ReportMail freemail = new ReportMail("freemail.example", "example.com");
    String expired = json("bigmail-example.com.json");
    return List.of(
        sample("gzip: an MX with an expired certificate", bigmail, Form.MULTIPART_GZIP, expired),
        sample(
            "json: the same sessions under MTA-STS and under DANE",
            new ReportMail("postbox.example", "example.com"),
            Form.MULTIPART_JSON,
            json("postbox-example.com.json")),
        sample(
            "gzip without multipart: no policy found",
            freemail,
            Form.ALONE_GZIP,
            json("freemail-example.com.json")),
        sample(
            "json: a result type that no registry knows",
            new ReportMail("smallmail.example", "example.com"),
            Form.MULTIPART_JSON,
            json("smallmail-example.com.json")),
        sample(
            "gzip: failures three days ago",
            new ReportMail("bigmail.example", "example.org"),
            Form.MULTIPART_GZIP,
            json("bigmail-example.org-failing.json")),
        sample(
            "json without multipart: repaired the day after",
            new ReportMail("bigmail.example", "example.org"),
            Form.ALONE_JSON,
            json("bigmail-example.org-clean.json")),
        sample(
            "gzip: DANE trouble, part of it unexplained",
            new ReportMail("dane.example", "example.net"),
            Form.MULTIPART_GZIP,
            json("dane-example.net.json")),
        sample(
            "gzip: two domains of ours and a foreign one",
            new ReportMail("freemail.example", "example.net"),
            Form.MULTIPART_GZIP,
            json("freemail-two-domains.json")),
        sample("the first report again", bigmail, Form.MULTIPART_GZIP, expired),
        sample(
            "a domain that is not ours",
            new ReportMail("stranger.example", "foreign.example"),
            Form.MULTIPART_GZIP,
            json("stranger-foreign.example.json")),
        sample(
            "JSON that ends too early",
            new ReportMail("confused.example", "example.com"),
            Form.MULTIPART_JSON,
            json("confused-example.com.json")),
        new Sample(
            "gzip that is none",
            "tls-reports@confused.example",
            signed(
                "confused.example",
                new ReportMail("confused.example", "example.com")
                    .of(Form.MULTIPART_GZIP, new byte[] {0x1f, (byte) 0x8b, 8, 0, 1, 2, 3}))),
        new Sample(
            "a report that nobody signed",
            "tls-reports@bigmail.example",
            bigmail.of(Form.MULTIPART_JSON, expired)),
        new Sample(
            "a report that a stranger signed",
            "tls-reports@bigmail.example",
            signed("stranger.example", bigmail.of(Form.MULTIPART_JSON, expired))),
        new Sample("no report at all", "somebody@freemail.example", freemail.withoutReport()));
  }

  private Sample sample(String title, ReportMail mail, Form form, String json) {
    String reporter = mail.reporter();
    return new Sample(title, "tls-reports@" + reporter, signed(reporter, mail.of(form, json)));
  }

  private String signed(String signer, String mail) {
    return reporters.signer(signer).sign(mail);
  }

  /** A sample's JSON, its days filled in. */
  public String json(String name) {
    String json = read(name);
    for (int back = 0; back <= DAYS_BACK; back++) {
      json = json.replace("@day-" + back + "@", today.minusDays(back).toString());
    }
    return json;
  }

  private static String read(String name) {
    try (InputStream in = Samples.class.getResourceAsStream("samples/" + name)) {
      if (in == null) {
        throw new IllegalStateException("samples/" + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

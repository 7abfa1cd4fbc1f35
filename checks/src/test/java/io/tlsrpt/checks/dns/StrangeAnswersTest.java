// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.checks.dns.Answer.Absent;
import io.tlsrpt.checks.dns.Answer.Bogus;
import io.tlsrpt.checks.dns.Answer.Found;
import io.tlsrpt.checks.dns.Answer.Unavailable;
import io.tlsrpt.report.DomainName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** A resolver that answers what it likes: broken, forged, or beside the point. */
class StrangeAnswersTest {
  private static final DomainName DOMAIN = new DomainName("example.com");

  private final Questions questions = new Questions(InstantSource.fixed(Instant.EPOCH));

  @Test
  void questionShouldAskForDnssec() {
    StringBuilder flags = new StringBuilder();
    answerWith(
        query -> {
          flags.append(query.getHeader().getFlag(Flags.AD)).append(' ');
          flags.append(query.getHeader().getFlag(Flags.CD)).append(' ');
          flags.append(query.getHeader().getFlag(Flags.RD)).append(' ');
          flags.append(query.getOPT().getFlags() == ExtendedFlags.DO).append('\n');
          return response(query, Rcode.SERVFAIL);
        });

    assertThat(questions.texts("_smtp._tls", DOMAIN)).isInstanceOf(Unavailable.class);
    assertThat(flags).hasToString("true false true true\ntrue true true true\n");
  }

  @Test
  void recordsOfOtherNamesShouldNotCount() {
    answerWith(
        query ->
            response(
                query,
                Rcode.NOERROR,
                record("other.example.com", Type.TXT, "\"v=TLSRPTv1; rua=mailto:a@example.net\""),
                record("_smtp._tls.example.com", Type.A, "192.0.2.1"),
                record("other.example.com", Type.CNAME, "_smtp._tls.example.com.")));

    assertThat(questions.texts("_smtp._tls", DOMAIN)).isEqualTo(new Absent<String>(false, true));
  }

  @Test
  void recordBesideAnAliasShouldNotCount() {
    answerWith(
        query ->
            response(
                query,
                Rcode.NOERROR,
                record("_smtp._tls.example.com", Type.TXT, "\"v=TLSRPTv1; rua=\""),
                record("_smtp._tls.example.com", Type.CNAME, "there.example.net."),
                record("THERE.example.net", Type.TXT, "\"v=TLSRPTv1; there\"")));

    assertThat(questions.texts("_smtp._tls", DOMAIN))
        .isEqualTo(
            new Found<>(
                List.of("v=TLSRPTv1; there"),
                0,
                false,
                "there.example.net",
                Duration.ofMinutes(5)));
  }

  @Test
  void refusalShouldBeToldWithItsReason() {
    answerWith(
        query -> {
          Message refused = response(query, Rcode.REFUSED);
          refused.addRecord(
              new OPTRecord(
                  1232, 0, 0, 0, new ExtendedErrorCodeOption(18, "not your\u202e resolver")),
              Section.ADDITIONAL);
          return refused;
        });

    assertThat(questions.texts("_smtp._tls", DOMAIN))
        .isEqualTo(new Unavailable<String>("REFUSED, prohibited: not your\\u202e resolver"));
  }

  @Test
  void resolverThatThrowsShouldGiveNoAnswer() {
    answerWith(
        query -> {
          throw new IllegalStateException("no <network>");
        });

    assertThat(questions.addresses(DOMAIN))
        .isEqualTo(new Unavailable<InetAddress>("no \\u003cnetwork>"));
    assertThat(questions.resolverValidates()).isEmpty();
  }

  @Property
  void anyCodeShouldBeAnAnswer(
      @ForAll @IntRange(max = 23) int rcode,
      @ForAll @IntRange(max = 60) int error,
      @ForAll String text) {
    answerWith(
        query -> {
          Message message = response(query, rcode & 0xf);
          message.addRecord(
              new OPTRecord(1232, rcode >> 4, 0, 0, new ExtendedErrorCodeOption(error, text)),
              Section.ADDITIONAL);
          return message;
        });

    assertThat(words(questions.texts("_smtp._tls", DOMAIN)))
        .hasSizeLessThan(200)
        .doesNotContain("<", "\n", "\r", "\u202e");
  }

  @Property
  void anyOctetsShouldBeAnAnswer(@ForAll @IntRange(max = 400) int at, @ForAll byte[] octets) {
    answerWith(
        query -> {
          byte[] wire =
              response(
                      query,
                      Rcode.NOERROR,
                      record("_smtp._tls.example.com", Type.CNAME, "there.example.net."),
                      record("there.example.net", Type.TXT, "\"v=TLSRPTv1; there\""),
                      record("there.example.net", Type.MX, "10 mx.example.net."),
                      record("_25._tcp.example.com", Type.TLSA, "3 1 1 " + "ab".repeat(32)))
                  .toWire();
          for (int i = 0; i < octets.length; i++) {
            wire[(at + i) % wire.length] = octets[i];
          }
          try {
            return new Message(wire);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });

    assertThat(words(questions.texts("_smtp._tls", DOMAIN))).hasSizeLessThan(200);
    assertThat(questions.mx(DOMAIN)).isNotNull();
    assertThat(questions.tlsa(DOMAIN, questions.addresses(DOMAIN))).isNotNull();
  }

  private static String words(Answer<?> answer) {
    return switch (answer) {
      case Found<?> found -> "";
      case Absent<?> absent -> "";
      case Bogus<?> bogus -> bogus.words();
      case Unavailable<?> unavailable -> unavailable.words();
    };
  }

  private static Message response(Message query, int rcode, Record... records) {
    Message response = new Message(query.getHeader().getID());
    response.getHeader().setFlag(Flags.QR);
    response.getHeader().setRcode(rcode);
    response.addRecord(query.getQuestion(), Section.QUESTION);
    for (Record record : records) {
      response.addRecord(record, Section.ANSWER);
    }
    return response;
  }

  private static Record record(String name, int type, String data) {
    try {
      return Record.fromString(Name.fromString(name + "."), type, DClass.IN, 300, data, Name.root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void answerWith(Function<Message, Message> answers) {
    Lookup.setDefaultResolver(
        new SimpleResolver(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9)) {
          @Override
          public CompletionStage<Message> sendAsync(Message query) {
            try {
              return CompletableFuture.completedFuture(answers.apply(query));
            } catch (UncheckedIOException e) {
              return CompletableFuture.failedFuture(e);
            }
          }
        });
  }
}

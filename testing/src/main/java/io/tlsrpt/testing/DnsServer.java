// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/**
 * A DNS server on loopback (UDP) that serves records of any kind, and can be told to fail: all of
 * it, or a zone. It answers as a resolver that validates would, if told which zones are signed; it
 * signs nothing. May be used by many threads at once.
 */
public final class DnsServer implements AutoCloseable {
  /** How queries are answered. */
  public enum Mood {
    ANSWERING,
    SERVFAIL,
    /** As a server that is gone: no answer at all. */
    SILENT
  }

  /** The mailet that points a server here, by its parameter {@code port}. */
  public static final String MAILET = "io.tlsrpt.testing.UseDnsServer";

  /** Of a query, in octets. */
  private static final int MAX_SIZE = 4096;

  private final DatagramSocket socket;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ZoneRecords records = new ZoneRecords();
  private final AtomicInteger queries = new AtomicInteger();
  private final Map<Integer, AtomicInteger> queriesByType = new ConcurrentHashMap<>();
  private final Map<String, DnsZone> zones = new ConcurrentHashMap<>();

  /** Of all names that are in no other. */
  private final DnsZone root = new DnsZone();

  private DnsServer(DatagramSocket socket) {
    this.socket = socket;
  }

  /** Starts a server on a free port. */
  public static DnsServer start() {
    try {
      DnsServer server = new DnsServer(new DatagramSocket(0, InetAddress.getLoopbackAddress()));
      server.threads.execute(server::serve);
      return server;
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return socket.getLocalPort();
  }

  /** Look-ups of this process come here; timeouts and retries stay dnsjava's own. */
  public void useInThisProcess() {
    useInThisProcess(port());
  }

  static void useInThisProcess(int port) {
    Resolver server =
        new SimpleResolver(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    Lookup.setDefaultResolver(new ExtendedResolver(new Resolver[] {server}));
  }

  /** Serves one TXT record, of as many strings as its length takes. */
  public void serveText(String name, String text) {
    serveTexts(name, text);
  }

  /** Serves a TXT record for each text. */
  public void serveTexts(String name, String... texts) {
    records.put(
        name, Type.TXT, Stream.of(texts).map(text -> ZoneRecords.text(name, text)).toList());
  }

  /**
   * Serves records of one type, in place of those of this type that the name has. An alias (CNAME)
   * is followed.
   *
   * @param type of dnsjava's {@link Type}
   * @param data of each record what follows the type in a zone's file: {@code 10 mx.example.com.}
   */
  public void serve(String name, int type, String... data) {
    records.put(
        name, type, Stream.of(data).map(text -> ZoneRecords.record(name, type, text)).toList());
  }

  /** From now on there is no such name. */
  public void forget(String name) {
    records.remove(name);
  }

  /** A domain and all below it, which from now on does not follow what is said of the others. */
  public DnsZone zone(String domain) {
    return zones.computeIfAbsent(ZoneRecords.key(domain), d -> new DnsZone());
  }

  /** How queries are answered that are about no zone of their own. */
  public void setMood(Mood mood) {
    root.setMood(mood);
  }

  /** Lets every answer wait that is about no zone of its own. */
  public void setDelay(Duration delay) {
    root.setDelay(delay);
  }

  /** Whether DNSSEC vouches for all names that are in no zone of their own: see {@link DnsZone}. */
  public void setSecure(boolean secure) {
    root.setSecure(secure);
  }

  /** Queries about whatever zone that have come in, answered or not. */
  public int queries() {
    return queries.get();
  }

  /** Queries for records of one type. */
  public int queries(int type) {
    return counter(type).get();
  }

  private AtomicInteger counter(int type) {
    return queriesByType.computeIfAbsent(type, t -> new AtomicInteger());
  }

  private void serve() {
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(new byte[MAX_SIZE], MAX_SIZE);
      try {
        socket.receive(packet);
      } catch (IOException e) {
        return;
      }
      queries.incrementAndGet();
      threads.execute(() -> answer(packet));
    }
  }

  private void answer(DatagramPacket packet) {
    try {
      Message query = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
      DnsZone zone = zoneOf(query.getQuestion().getName());
      Mood now = zone.mood();
      zone.count();
      counter(query.getQuestion().getType()).incrementAndGet();
      Thread.sleep(zone.delay());
      if (now != Mood.SILENT) {
        byte[] bytes = answer(query, zone, now);
        socket.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
      }
    } catch (IOException e) {
      // The asker sees it as a lost packet.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The nearest one: of two that hold a name, the longer. */
  private DnsZone zoneOf(Name name) {
    for (Name domain = name; domain.labels() > 1; domain = new Name(domain, 1)) {
      DnsZone zone = zones.get(ZoneRecords.key(domain.toString()));
      if (zone != null) {
        return zone;
      }
    }
    return root;
  }

  private byte[] answer(Message query, DnsZone zone, Mood mood) {
    Record question = query.getQuestion();
    Message answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.AA);
    answer.addRecord(question, Section.QUESTION);
    if (mood == Mood.SERVFAIL) {
      answer.getHeader().setRcode(Rcode.SERVFAIL);
    } else if (zone.bogus().isPresent() && !query.getHeader().getFlag(Flags.CD)) {
      answer.getHeader().setRcode(Rcode.SERVFAIL);
      answer.addRecord(new OPTRecord(MAX_SIZE, 0, 0, 0, zone.bogus().get()), Section.ADDITIONAL);
    } else {
      addRecords(answer, query);
    }
    return answer.toWire();
  }

  private void addRecords(Message answer, Message query) {
    Record question = query.getQuestion();
    ZoneRecords.Found found = records.find(question.getName(), question.getType());
    found.answer().forEach(record -> answer.addRecord(record, Section.ANSWER));
    if (!found.exists()) {
      answer.getHeader().setRcode(Rcode.NXDOMAIN);
    }
    if (found.answer().isEmpty()) {
      answer.addRecord(soa(), Section.AUTHORITY);
    }
    if (asksForDnssec(query) && isSecure(question.getName(), found.answer())) {
      answer.getHeader().setFlag(Flags.AD);
    }
  }

  /** As systemd-resolved has it: who does not ask for signatures is not told about them. */
  private static boolean asksForDnssec(Message query) {
    OPTRecord options = query.getOPT();
    return options != null && (options.getFlags() & ExtendedFlags.DO) != 0;
  }

  /** Whether all zones on the way are signed. */
  private boolean isSecure(Name asked, List<Record> answer) {
    return zoneOf(asked).isSecure()
        && answer.stream()
            .filter(CNAMERecord.class::isInstance)
            .map(CNAMERecord.class::cast)
            .allMatch(alias -> zoneOf(alias.getTarget()).isSecure());
  }

  private static Record soa() {
    return new SOARecord(Name.root, DClass.IN, 1, Name.root, Name.root, 1, 1, 1, 1, 1);
  }

  @Override
  public void close() {
    socket.close();
    threads.shutdownNow();
  }
}

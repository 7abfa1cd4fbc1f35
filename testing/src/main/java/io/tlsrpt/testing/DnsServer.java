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
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/**
 * A DNS server on loopback (UDP) that serves TXT records, and can be told to fail: all of it, or a
 * zone. May be used by many threads at once.
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

  private static final int TTL_SECONDS = 300;

  private final DatagramSocket socket;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, List<String>> texts = new ConcurrentHashMap<>();
  private final AtomicInteger queries = new AtomicInteger();
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
    texts.put(key(name), List.of(text.split("(?<=\\G.{200})")));
  }

  /** From now on there is no such name. */
  public void forget(String name) {
    texts.remove(key(name));
  }

  /** A domain and all below it, which from now on does not follow what is said of the others. */
  public DnsZone zone(String domain) {
    return zones.computeIfAbsent(key(domain), d -> new DnsZone());
  }

  /** How queries are answered that are about no zone of their own. */
  public void setMood(Mood mood) {
    root.setMood(mood);
  }

  /** Lets every answer wait that is about no zone of its own. */
  public void setDelay(Duration delay) {
    root.setDelay(delay);
  }

  /** Queries about whatever zone that have come in, answered or not. */
  public int queries() {
    return queries.get();
  }

  private static String key(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower : lower + ".";
  }

  private void serve() {
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
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
      Thread.sleep(zone.delay());
      if (now != Mood.SILENT) {
        byte[] bytes = answer(query, now);
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
      DnsZone zone = zones.get(key(domain.toString()));
      if (zone != null) {
        return zone;
      }
    }
    return root;
  }

  private byte[] answer(Message query, Mood mood) throws IOException {
    Record question = query.getQuestion();
    Message answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.AA);
    answer.addRecord(question, Section.QUESTION);
    List<String> text = texts.get(key(question.getName().toString()));
    if (mood == Mood.SERVFAIL) {
      answer.getHeader().setRcode(Rcode.SERVFAIL);
    } else if (text == null) {
      answer.getHeader().setRcode(Rcode.NXDOMAIN);
      answer.addRecord(soa(), Section.AUTHORITY);
    } else if (question.getType() == Type.TXT) {
      answer.addRecord(
          new TXTRecord(question.getName(), DClass.IN, TTL_SECONDS, text), Section.ANSWER);
    } else {
      answer.addRecord(soa(), Section.AUTHORITY);
    }
    return answer.toWire();
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

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.dns;

import io.tlsrpt.checks.dns.Answer.Absent;
import io.tlsrpt.checks.dns.Answer.Bogus;
import io.tlsrpt.checks.dns.Answer.Found;
import io.tlsrpt.checks.dns.Answer.Unavailable;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Record;

/** A and AAAA records as the addresses of a host. */
final class AddressRecords {
  private AddressRecords() {}

  /** The second question is asked only if the first has an answer. */
  static Answer<InetAddress> of(Answer<Record> ipv4, Supplier<Answer<Record>> ipv6) {
    return switch (ipv4) {
      case Bogus<Record> bogus -> new Bogus<>(bogus.words());
      case Unavailable<Record> unavailable -> new Unavailable<>(unavailable.words());
      case Found<Record> found -> both(ipv4, ipv6.get());
      case Absent<Record> absent -> both(ipv4, ipv6.get());
    };
  }

  private static Answer<InetAddress> both(Answer<Record> ipv4, Answer<Record> ipv6) {
    boolean secure = ipv4.isSecure() && ipv6.isSecure();
    return switch (ipv6) {
      case Bogus<Record> bogus -> new Bogus<>(bogus.words());
      case Unavailable<Record> unavailable -> new Unavailable<>(unavailable.words());
      case Absent<Record> absent when ipv4 instanceof Absent<Record> other ->
          new Absent<>(secure, absent.nameExists() || other.nameExists());
      case Absent<Record> absent -> found((Found<Record>) ipv4, Optional.empty(), secure);
      case Found<Record> found ->
          ipv4 instanceof Found<Record> first
              ? found(first, Optional.of(found), secure)
              : found(found, Optional.empty(), secure);
    };
  }

  private static Answer<InetAddress> found(
      Found<Record> first, Optional<Found<Record>> second, boolean secure) {
    List<InetAddress> all = new ArrayList<>(addresses(first));
    second.ifPresent(found -> mix(all, addresses(found)));
    Found<InetAddress> kept = Limited.of(first, all, Questions.MAX_ADDRESSES);
    return new Found<>(kept.records(), kept.more(), secure, kept.owner(), kept.ttl());
  }

  /** One of each in turn, so that a limit leaves some of both. */
  private static void mix(List<InetAddress> all, List<InetAddress> others) {
    for (int i = 0; i < others.size(); i++) {
      all.add(Math.min(2 * i + 1, all.size()), others.get(i));
    }
  }

  /** Sorted: servers rotate them, and two looks shall see the same. */
  private static List<InetAddress> addresses(Found<Record> found) {
    return found.records().stream()
        .flatMap(record -> address(record).stream())
        .distinct()
        .sorted((a, b) -> Arrays.compareUnsigned(a.getAddress(), b.getAddress()))
        .toList();
  }

  private static Optional<InetAddress> address(Record record) {
    return switch (record) {
      case ARecord a -> Optional.ofNullable(a.getAddress());
      case AAAARecord a -> Optional.ofNullable(a.getAddress());
      default -> Optional.empty();
    };
  }
}

// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** The records that a {@link DnsServer} serves, by name. May be used by many threads at once. */
final class ZoneRecords {
  private static final int TTL_SECONDS = 300;

  /** More than any resolver follows. */
  private static final int MAX_LINKS = 20;

  private final Map<String, List<Record>> records = new ConcurrentHashMap<>();

  static String key(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower : lower + ".";
  }

  /** In place of the records of this type that the name has. */
  void put(String name, int type, List<Record> served) {
    records.merge(
        key(name),
        List.copyOf(served),
        (old, added) -> {
          List<Record> all = new ArrayList<>(old);
          all.removeIf(record -> record.getType() == type);
          all.addAll(added);
          return List.copyOf(all);
        });
  }

  void remove(String name) {
    records.remove(key(name));
  }

  /**
   * A record as a zone's file has it.
   *
   * @param data what follows the type, for example {@code 10 mx.example.com.}
   */
  static Record record(String name, int type, String data) {
    try {
      return Record.fromString(
          Name.fromString(key(name)), type, DClass.IN, TTL_SECONDS, data, Name.root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A TXT record of as many strings as its length takes. */
  static Record text(String name, String text) {
    try {
      return new TXTRecord(
          Name.fromString(key(name)),
          DClass.IN,
          TTL_SECONDS,
          List.of(text.split("(?<=\\G.{200})")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What is found at a name.
   *
   * @param answer records of the type asked for, after the aliases that lead to them
   * @param exists whether the last name has records at all
   */
  record Found(List<Record> answer, boolean exists) {}

  Found find(Name name, int type) {
    List<Record> answer = new ArrayList<>();
    Name at = name;
    for (int links = 0; links < MAX_LINKS; links++) {
      List<Record> all = records.getOrDefault(key(at.toString()), List.of());
      all.stream().filter(record -> record.getType() == type).forEach(answer::add);
      Optional<CNAMERecord> alias = type == Type.CNAME ? Optional.empty() : alias(all);
      if (alias.isEmpty()) {
        return new Found(answer, !all.isEmpty());
      }
      answer.add(alias.get());
      at = alias.get().getTarget();
    }
    return new Found(answer, true);
  }

  private static Optional<CNAMERecord> alias(List<Record> all) {
    return all.stream()
        .filter(CNAMERecord.class::isInstance)
        .map(CNAMERecord.class::cast)
        .findFirst();
  }
}

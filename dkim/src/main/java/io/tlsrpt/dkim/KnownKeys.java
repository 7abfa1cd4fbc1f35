// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.SetMultimap;
import io.tlsrpt.report.DomainName;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Keys with which accepted reports were signed. While the DNS is slow or silent, they tell mails of
 * known reporters from those of strangers. They never decide whether a mail is authentic, since
 * only the DNS says which key is valid today.
 *
 * <p>There are at most 30 keys of an organisation and 5,000 in all. Beyond that, the keys that were
 * good on the fewest days are dropped, so that a sender of one day cannot displace a reporter of
 * every day. Thread-safe.
 */
public final class KnownKeys {
  private static final int MAX_KEYS = 5_000;
  private static final int MAX_OF_AN_ORGANISATION = 30;
  private static final int MAX_RECENT = 1_000;

  /**
   * Records with other characters are not stored: strangers choose them, and some databases refuse
   * them.
   */
  private static final Pattern PRINTABLE = Pattern.compile("[ -~]*");

  private static final Comparator<Key> LEAST_KNOWN =
      Comparator.comparingInt(Key::days).thenComparing(Key::goodOn);

  private final InstantSource clock;
  private final Map<String, Key> keys = new HashMap<>();
  private final SetMultimap<DomainName, String> names = HashMultimap.create();

  /**
   * Keys of signatures that were good a moment ago, in mails whose reports are not accepted yet.
   */
  private final Map<String, Recent> recent =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Recent> eldest) {
          return size() > MAX_RECENT;
        }
      };

  /** The names of keys that are stored. */
  private final Set<String> written = new HashSet<>();

  /** The names of keys that are to be stored, or to be deleted from the store. */
  private final Set<String> changed = new HashSet<>();

  public KnownKeys(InstantSource clock) {
    this.clock = requireNonNull(clock, "clock");
  }

  /**
   * A key.
   *
   * @param name in the DNS, in lower case
   * @param organisation the registrable domain that the name is in
   * @param record its text, in printable ASCII
   * @param goodOn the last UTC day on which a report came that was signed with it
   * @param days how many such days there were
   */
  public record Key(
      String name, DomainName organisation, String record, LocalDate goodOn, int days) {
    public Key {
      requireNonNull(name, "name");
      requireNonNull(organisation, "organisation");
      requireNonNull(record, "record");
      requireNonNull(goodOn, "goodOn");
    }
  }

  private record Recent(DomainName organisation, String record) {}

  /** Keys that are to be stored, and names of keys that are to be deleted from the store. */
  public record Changes(List<Key> kept, List<String> forgotten) {
    public Changes {
      kept = List.copyOf(kept);
      forgotten = List.copyOf(forgotten);
    }

    public boolean isEmpty() {
      return kept.isEmpty() && forgotten.isEmpty();
    }
  }

  /** Adds keys that were stored earlier; a key that is already known is not replaced. */
  public synchronized void addWritten(Collection<Key> before) {
    for (Key key : before) {
      written.add(key.name());
      if (!keys.containsKey(key.name())) {
        put(key);
      }
    }
  }

  /**
   * Records that a signature was good under a key. That does not make the key known, since anybody
   * can sign.
   */
  synchronized void good(String name, DomainName organisation, String record) {
    if (PRINTABLE.matcher(record).matches()) {
      recent.remove(name);
      recent.put(name, new Recent(organisation, record));
    }
  }

  /**
   * Records that a report of an organisation was accepted. The keys under which the organisation's
   * signatures were good a moment ago become known.
   */
  public synchronized void accepted(DomainName organisation) {
    LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
    Iterator<Map.Entry<String, Recent>> all = recent.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<String, Recent> next = all.next();
      if (next.getValue().organisation().equals(organisation)) {
        all.remove();
        know(next.getKey(), next.getValue(), today);
      }
    }
  }

  /**
   * Makes a key known, or counts one more day for it. Nothing changes if the same record was good
   * today already.
   */
  private void know(String name, Recent good, LocalDate today) {
    Key known = keys.get(name);
    boolean isNewDay = known == null || !known.goodOn().equals(today);
    if (known == null || isNewDay || !known.record().equals(good.record())) {
      int days = (known == null ? 0 : known.days()) + (isNewDay ? 1 : 0);
      put(new Key(name, good.organisation(), good.record(), today, days));
      changed.add(name);
    }
  }

  private void put(Key key) {
    keys.put(key.name(), key);
    names.put(key.organisation(), key.name());
    List<Key> same = names.get(key.organisation()).stream().flatMap(n -> get(n).stream()).toList();
    if (same.size() > MAX_OF_AN_ORGANISATION) {
      forgetOneOf(same, key);
    }
    if (keys.size() > MAX_KEYS) {
      forgetOneOf(keys.values(), key);
    }
  }

  /** Drops the least known key, but never the one that was just added if there is another. */
  private void forgetOneOf(Collection<Key> among, Key butNot) {
    Key key = among.stream().filter(one -> !one.equals(butNot)).min(LEAST_KNOWN).orElse(butNot);
    keys.remove(key.name());
    names.remove(key.organisation(), key.name());
    if (written.contains(key.name())) {
      changed.add(key.name());
    } else {
      changed.remove(key.name());
    }
  }

  /** The key of a name under which a report was signed. */
  synchronized Optional<Key> get(String name) {
    return Optional.ofNullable(keys.get(name));
  }

  /** Whether any known key of an organisation is already stored. */
  public synchronized boolean knows(DomainName organisation) {
    return names.get(organisation).stream().anyMatch(written::contains);
  }

  /** The changes that are not stored yet. */
  public synchronized Changes changes() {
    List<Key> kept = new ArrayList<>();
    List<String> forgotten = new ArrayList<>();
    for (String name : changed) {
      get(name).ifPresentOrElse(kept::add, () -> forgotten.add(name));
    }
    return new Changes(kept, forgotten);
  }

  /** Records that changes were stored. */
  public synchronized void written(Changes done) {
    for (Key key : done.kept()) {
      written.add(key.name());
      if (get(key.name()).equals(Optional.of(key))) {
        changed.remove(key.name());
      } else {
        // The key was changed or forgotten while it was being stored: the stored one is outdated.
        changed.add(key.name());
      }
    }
    for (String name : done.forgotten()) {
      written.remove(name);
      if (get(name).isEmpty()) {
        changed.remove(name);
      }
    }
  }
}

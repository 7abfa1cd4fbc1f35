// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.SetMultimap;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keys under which signatures were good, for half a year: they tell mails of a reporter from those
 * of strangers while the DNS is slow or silent. Never a verdict, since only the DNS says which key
 * is good today.
 *
 * <p>At most 10 keys of an organisation and 5,000 in all; those that were good longest ago give
 * way. Thread-safe.
 */
public final class KnownKeys {
  private static final int MAX_KEYS = 5_000;
  private static final int MAX_OF_AN_ORGANISATION = 10;
  private static final Duration LONGEST = Duration.ofDays(180);

  /** So that a busy reporter is written down once a day, not with each mail. */
  private static final Duration BETWEEN_NOTES = Duration.ofDays(1);

  private final InstantSource clock;
  private final Map<String, Key> keys = new HashMap<>();
  private final SetMultimap<String, String> names = HashMultimap.create();

  /** The names that are written down, as they are now or otherwise. */
  private final Set<String> written = new HashSet<>();

  /** The names of which something else is written down than is so now. */
  private final Set<String> changed = new HashSet<>();

  public KnownKeys(InstantSource clock) {
    this.clock = requireNonNull(clock, "clock");
  }

  /**
   * A key.
   *
   * @param name in the DNS, in lower case
   * @param organisation the registrable domain that the name is in
   * @param record its text
   * @param goodAt when a signature was good under it last, to the day
   */
  public record Key(String name, String organisation, String record, Instant goodAt) {
    public Key {
      requireNonNull(name, "name");
      requireNonNull(organisation, "organisation");
      requireNonNull(record, "record");
      requireNonNull(goodAt, "goodAt");
    }
  }

  /** What is to be written down, and what of that which is written down is to be deleted. */
  public record Changes(List<Key> kept, List<String> forgotten) {
    public Changes {
      kept = List.copyOf(kept);
      forgotten = List.copyOf(forgotten);
    }

    public boolean isEmpty() {
      return kept.isEmpty() && forgotten.isEmpty();
    }
  }

  /** Takes in what was written down before; what is known already stays as it is. */
  public synchronized void addWritten(Collection<Key> before) {
    for (Key key : before) {
      written.add(key.name());
      if (!keys.containsKey(key.name())) {
        put(key);
      }
    }
    makeRoom();
  }

  /** A signature was good under a key. */
  synchronized void good(String name, String organisation, String record) {
    Instant now = clock.instant();
    Key known = keys.get(name);
    if (known == null
        || !known.record().equals(record)
        || Duration.between(known.goodAt(), now).abs().compareTo(BETWEEN_NOTES) >= 0) {
      put(new Key(name, organisation, record, now));
      changed.add(name);
      makeRoom();
    }
  }

  private void put(Key key) {
    keys.put(key.name(), key);
    names.put(key.organisation(), key.name());
    List<Key> same = names.get(key.organisation()).stream().flatMap(n -> get(n).stream()).toList();
    if (same.size() > MAX_OF_AN_ORGANISATION) {
      forget(oldest(same));
    }
  }

  private void makeRoom() {
    Instant earliest = clock.instant().minus(LONGEST);
    List<Key> old = keys.values().stream().filter(k -> k.goodAt().isBefore(earliest)).toList();
    old.forEach(this::forget);
    while (keys.size() > MAX_KEYS) {
      forget(oldest(keys.values()));
    }
  }

  private static Key oldest(Collection<Key> among) {
    return among.stream().min(Comparator.comparing(Key::goodAt)).orElseThrow();
  }

  private void forget(Key key) {
    keys.remove(key.name());
    names.remove(key.organisation(), key.name());
    changed.add(key.name());
  }

  /** The key of a name under which a signature was good. */
  synchronized Optional<Key> get(String name) {
    return Optional.ofNullable(keys.get(name));
  }

  /** Whether any key of an organisation was good so long ago that it has been written down. */
  public synchronized boolean knows(String organisation) {
    return names.get(organisation).stream().anyMatch(written::contains);
  }

  /** What has changed since it was written down last. */
  public synchronized Changes changes() {
    List<Key> kept = new ArrayList<>();
    List<String> forgotten = new ArrayList<>();
    for (String name : changed) {
      get(name).ifPresentOrElse(kept::add, () -> forgotten.add(name));
    }
    return new Changes(kept, forgotten);
  }

  /** Changes have been written down. */
  public synchronized void written(Changes done) {
    for (Key key : done.kept()) {
      written.add(key.name());
      if (get(key.name()).equals(Optional.of(key))) {
        changed.remove(key.name());
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

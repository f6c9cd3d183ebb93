package org.seeql.job.inference;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Things that take long to make, each made once and lent to all who want it. One that nobody uses
 * is kept for the next, until too many are. Thread-safe.
 *
 * @param <K> what they are told apart by
 * @param <V> the things
 */
final class SharedResources<K, V> {
  private final int idleKept;
  private final Consumer<V> close;

  // in the order of their last use
  private final Map<K, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * A lending that has nothing yet.
   *
   * @param idleKept how many are kept that nobody uses
   */
  SharedResources(int idleKept, Consumer<V> close) {
    this.idleKept = idleKept;
    this.close = requireNonNull(close, "close is null");
  }

  private final class Entry {
    private volatile Optional<V> value = Optional.empty();
    private int users;

    // Making takes seconds: it blocks those who want the same, and nobody else.
    private synchronized V make(Supplier<V> maker) {
      if (value.isEmpty()) {
        value = Optional.of(maker.get());
      }
      return value.get();
    }

    private synchronized void close() {
      value.ifPresent(close);
      value = Optional.empty();
    }
  }

  /** A thing for as long as it is needed; closing gives it back. */
  final class Lease implements AutoCloseable {
    private final Entry entry;
    private final V value;
    private boolean returned;

    private Lease(Entry entry, V value) {
      this.entry = entry;
      this.value = value;
    }

    V value() {
      return value;
    }

    @Override
    public void close() {
      if (!returned) {
        returned = true;
        giveBack(entry);
      }
    }
  }

  /**
   * Lends a thing, made if it is not there yet.
   *
   * @param maker whose exception is passed on, after which the thing is as good as never asked for
   */
  Lease acquire(K key, Supplier<V> maker) {
    Entry entry;
    synchronized (this) {
      entry = entries.computeIfAbsent(key, k -> new Entry());
      entry.users++;
    }
    try {
      return new Lease(entry, entry.make(maker));
    } catch (RuntimeException | Error e) {
      giveBack(entry);
      throw e;
    }
  }

  /** What there is now, lent or not; nothing that is still being made. */
  List<V> values() {
    List<Entry> all;
    synchronized (this) {
      all = List.copyOf(entries.values());
    }
    return all.stream().flatMap(entry -> entry.value.stream()).toList();
  }

  private void giveBack(Entry entry) {
    List<Entry> tooMany = new ArrayList<>();
    synchronized (this) {
      entry.users--;
      long idle = entries.values().stream().filter(e -> e.users == 0).count();
      for (var oldest = entries.values().iterator(); oldest.hasNext() && idle > idleKept; ) {
        Entry candidate = oldest.next();
        if (candidate.users == 0) {
          oldest.remove();
          tooMany.add(candidate);
          idle--;
        }
      }
    }
    tooMany.forEach(Entry::close);
  }

  /** Closes what nobody uses. */
  void closeIdle() {
    List<Entry> idle;
    synchronized (this) {
      idle = entries.values().stream().filter(e -> e.users == 0).toList();
      entries.values().removeAll(idle);
    }
    idle.forEach(Entry::close);
  }
}

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
 * Resources that are expensive to create. Each is created once and leased to all callers. A limited
 * number of idle resources is kept for reuse. Thread-safe.
 *
 * @param <K> the key of a resource
 * @param <V> the resource
 */
final class SharedResources<K, V> {
  private final int idleKept;
  private final Consumer<V> close;

  // Ordered by last use
  private final Map<K, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Creates an empty pool.
   *
   * @param idleKept maximum number of idle resources to keep
   */
  SharedResources(int idleKept, Consumer<V> close) {
    this.idleKept = idleKept;
    this.close = requireNonNull(close, "close is null");
  }

  private final class Entry {
    private volatile Optional<V> value = Optional.empty();
    private int users;

    // Creating a resource takes seconds. This blocks callers that want the same resource, but no
    // others.
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

  /** A lease on a resource; closing it returns the resource. */
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
   * Leases a resource, and creates it if necessary.
   *
   * @param maker creates the resource; if it throws, the exception is passed on and the resource is
   *     not registered
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

  /** All existing resources, leased or idle, without those that are still being created. */
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

  /** Closes idle resources. */
  void closeIdle() {
    List<Entry> idle;
    synchronized (this) {
      idle = entries.values().stream().filter(e -> e.users == 0).toList();
      entries.values().removeAll(idle);
    }
    idle.forEach(Entry::close);
  }
}

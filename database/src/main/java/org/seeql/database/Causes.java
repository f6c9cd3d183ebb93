package org.seeql.database;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The causes of errors. */
public final class Causes {
  // causes can form a circle
  private static final int MAX_CAUSES = 20;

  private Causes() {}

  /** The first error of a type among an error and its causes. */
  public static <T extends Throwable> Optional<T> find(Throwable error, Class<T> type) {
    return of(error).stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  /** The innermost cause; the error itself if it has none. */
  public static Throwable root(Throwable error) {
    List<Throwable> causes = of(error);
    return causes.get(causes.size() - 1);
  }

  private static List<Throwable> of(Throwable error) {
    return Stream.iterate(error, cause -> cause != null, Throwable::getCause)
        .limit(MAX_CAUSES)
        .toList();
  }
}

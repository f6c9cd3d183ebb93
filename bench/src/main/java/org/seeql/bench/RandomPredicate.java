package org.seeql.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A random condition over classes. Each class occurs once. */
sealed interface RandomPredicate {
  String text();

  boolean holds(Set<String> shown);

  record Shows(String className) implements RandomPredicate {
    @Override
    public String text() {
      return "`" + className + "`";
    }

    @Override
    public boolean holds(Set<String> shown) {
      return shown.contains(className);
    }
  }

  record Not(RandomPredicate part) implements RandomPredicate {
    @Override
    public String text() {
      return "NOT " + part.text();
    }

    @Override
    public boolean holds(Set<String> shown) {
      return !part.holds(shown);
    }
  }

  record Both(RandomPredicate left, RandomPredicate right) implements RandomPredicate {
    @Override
    public String text() {
      return "(" + left.text() + " AND " + right.text() + ")";
    }

    @Override
    public boolean holds(Set<String> shown) {
      return left.holds(shown) && right.holds(shown);
    }
  }

  record Either(RandomPredicate left, RandomPredicate right) implements RandomPredicate {
    @Override
    public String text() {
      return "(" + left.text() + " OR " + right.text() + ")";
    }

    @Override
    public boolean holds(Set<String> shown) {
      return left.holds(shown) || right.holds(shown);
    }
  }

  /** A condition over {@code count} of the classes. */
  static RandomPredicate of(List<String> classes, int count, Random random) {
    List<String> drawn = new ArrayList<>(classes);
    Collections.shuffle(drawn, random);
    List<RandomPredicate> parts = new ArrayList<>();
    for (String name : drawn.subList(0, count)) {
      RandomPredicate shows = new Shows(name);
      parts.add(random.nextInt(5) == 0 ? new Not(shows) : shows);
    }
    while (parts.size() > 1) {
      RandomPredicate left = parts.remove(random.nextInt(parts.size()));
      RandomPredicate right = parts.remove(random.nextInt(parts.size()));
      parts.add(random.nextBoolean() ? new Both(left, right) : new Either(left, right));
    }
    return parts.get(0);
  }
}

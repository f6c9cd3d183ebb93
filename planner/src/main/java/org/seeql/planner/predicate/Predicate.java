package org.seeql.planner.predicate;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** A Boolean condition over the classes of the objects that an image shows. */
public sealed interface Predicate {

  <R> R accept(Visitor<R> visitor);

  /** An operation with one method for each kind of predicate. */
  interface Visitor<R> {
    R visitPresence(Presence presence);

    R visitAnd(And and);

    R visitOr(Or or);

    R visitNot(Not not);
  }

  /**
   * The image shows at least one object of a class.
   *
   * @param className as the user names it: {@code traffic light}
   */
  record Presence(String className) implements Predicate {
    public Presence {
      requireNonNull(className, "className is null");
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitPresence(this);
    }
  }

  /** The conjunction of two or more predicates, in the order of the text. */
  record And(List<Predicate> parts) implements Predicate {
    public And {
      parts = twoOrMore(parts);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitAnd(this);
    }
  }

  /** The disjunction of two or more predicates, in the order of the text. */
  record Or(List<Predicate> parts) implements Predicate {
    public Or {
      parts = twoOrMore(parts);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitOr(this);
    }
  }

  record Not(Predicate part) implements Predicate {
    public Not {
      requireNonNull(part, "part is null");
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitNot(this);
    }
  }

  private static List<Predicate> twoOrMore(List<Predicate> parts) {
    if (parts.size() < 2) {
      throw new IllegalArgumentException("fewer than two parts: " + parts);
    }
    return List.copyOf(parts);
  }
}

package org.seeql.bench.choice;

import java.util.Set;
import org.seeql.planner.predicate.Predicate;

/**
 * Whether a predicate holds for an image.
 *
 * @param shown the classes of the image
 */
record PredicateTruth(Set<String> shown) implements Predicate.Visitor<Boolean> {
  PredicateTruth {
    shown = Set.copyOf(shown);
  }

  @Override
  public Boolean visitPresence(Predicate.Presence presence) {
    return shown.contains(presence.className());
  }

  @Override
  public Boolean visitAnd(Predicate.And and) {
    return and.parts().stream().allMatch(part -> part.accept(this));
  }

  @Override
  public Boolean visitOr(Predicate.Or or) {
    return or.parts().stream().anyMatch(part -> part.accept(this));
  }

  @Override
  public Boolean visitNot(Predicate.Not not) {
    return !not.part().accept(this);
  }
}

package org.seeql.planner.predicate;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Formats predicates as text, with only the parentheses that parsing requires. Pure. */
public final class PredicateText {
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}_][\\p{L}\\d_]*");
  private static final Set<String> KEYWORDS = Set.of("AND", "OR", "NOT", "WITH", "INTO");

  private PredicateText() {}

  public static String of(Predicate predicate) {
    return predicate.accept(new Writer());
  }

  private static final class Writer implements Predicate.Visitor<String> {
    @Override
    public String visitPresence(Predicate.Presence presence) {
      String name = presence.className();
      boolean isPlain =
          PLAIN.matcher(name).matches() && !KEYWORDS.contains(name.toUpperCase(Locale.ROOT));
      return isPlain ? name : "`" + name.replace("`", "``") + "`";
    }

    @Override
    public String visitAnd(Predicate.And and) {
      return joined(and.parts(), " AND ");
    }

    @Override
    public String visitOr(Predicate.Or or) {
      return joined(or.parts(), " OR ");
    }

    @Override
    public String visitNot(Predicate.Not not) {
      return "NOT " + part(not.part());
    }

    private String joined(List<Predicate> parts, String word) {
      return parts.stream().map(this::part).collect(Collectors.joining(word));
    }

    private String part(Predicate part) {
      String text = part.accept(this);
      boolean isWhole = part instanceof Predicate.Presence || part instanceof Predicate.Not;
      return isWhole ? text : "(" + text + ")";
    }
  }
}

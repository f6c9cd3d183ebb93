package org.seeql.udf.layout;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The layouts that a model's outputs can have, with the evidence. */
public final class LayoutGuess {
  private record Entry(OutputLayout layout, LayoutMatch match) {
    @Override
    public String toString() {
      return layout + " (" + match.evidence() + ")";
    }
  }

  private final List<Entry> entries;

  private LayoutGuess(List<Entry> entries) {
    this.entries = entries;
  }

  static LayoutGuess of(List<OutputLayout> layouts, OutputSample sample) {
    List<Entry> entries = new ArrayList<>();
    for (OutputLayout layout : layouts) {
      LayoutMatch match = layout.match(sample);
      if (!match.evidence().isEmpty()) {
        entries.add(new Entry(layout, match));
      }
    }
    return new LayoutGuess(entries);
  }

  private List<Entry> with(LayoutMatch.Certainty certainty) {
    return entries.stream().filter(entry -> entry.match().certainty() == certainty).toList();
  }

  private Optional<Entry> certainEntry() {
    List<Entry> certain = with(LayoutMatch.Certainty.CERTAIN);
    return certain.size() == 1 ? Optional.of(certain.get(0)) : Optional.empty();
  }

  /** The only layout that the outputs can have. */
  public Optional<OutputLayout> certain() {
    return certainEntry().map(Entry::layout);
  }

  /** The evidence for the certain layout; empty if there is none. */
  public String evidence() {
    return certainEntry().map(entry -> entry.match().evidence()).orElse("");
  }

  private List<Entry> candidates() {
    List<Entry> candidates = new ArrayList<>(with(LayoutMatch.Certainty.CERTAIN));
    candidates.addAll(with(LayoutMatch.Certainty.POSSIBLE));
    return candidates;
  }

  /**
   * The candidates and the excluded layouts, each with its reason, and the options that decide, for
   * messages.
   */
  public String question() {
    List<Entry> candidates = candidates();
    List<Entry> excluded = with(LayoutMatch.Certainty.NONE);
    String text = "";
    if (!candidates.isEmpty()) {
      text += "; it can be " + list(candidates, " or ");
    }
    if (!excluded.isEmpty()) {
      text += "; it is not " + list(excluded, ", not ");
    }
    return text + "; set layout=" + choices(candidates);
  }

  private static String choices(List<Entry> candidates) {
    return candidates.isEmpty()
        ? OutputLayouts.names()
        : candidates.stream()
            .map(entry -> "'" + entry.layout() + "'")
            .collect(joining(" or layout="));
  }

  private static String list(List<Entry> entries, String separator) {
    return entries.stream().map(Entry::toString).collect(joining(separator));
  }
}

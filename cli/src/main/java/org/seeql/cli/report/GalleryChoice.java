package org.seeql.cli.report;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Chooses the pictures of a gallery. Classes take turns and choose one picture each. Each class
 * spreads its choices over its confidences, in proportion to the distribution of its answers. The
 * choice is deterministic.
 */
final class GalleryChoice {

  /**
   * An image with a class in a confidence bin.
   *
   * @param weight the number of answers of the class in the bin; equal for all candidates of one
   *     bin
   */
  record Candidate(String image, String label, int bin, long weight) {
    Candidate {
      requireNonNull(image, "image is null");
      requireNonNull(label, "label is null");
    }
  }

  private GalleryChoice() {}

  /** Chooses up to {@code most} distinct images. */
  static List<String> choose(Collection<Candidate> candidates, int most) {
    Map<String, List<Candidate>> classes = new LinkedHashMap<>();
    for (Candidate candidate : candidates) {
      classes.computeIfAbsent(candidate.label, label -> new ArrayList<>()).add(candidate);
    }
    List<ClassQueue> queues = new ArrayList<>();
    classes.values().forEach(of -> queues.add(new ClassQueue(of)));
    Set<String> chosen = new LinkedHashSet<>();
    while (chosen.size() < most && !queues.isEmpty()) {
      for (ClassQueue queue : List.copyOf(queues)) {
        if (chosen.size() < most && !queue.takeInto(chosen)) {
          queues.remove(queue);
        }
      }
    }
    return List.copyOf(chosen);
  }

  /** The candidates of one class by bin, and the number of chosen ones. */
  private static final class ClassQueue {
    private final List<List<Candidate>> bins = new ArrayList<>();
    private int turn = 0;

    ClassQueue(List<Candidate> candidates) {
      for (int bin = 0; bin < RunPage.ClassFindings.BINS; bin++) {
        bins.add(new ArrayList<>());
      }
      for (Candidate candidate : candidates) {
        bins.get(candidate.bin).add(candidate);
      }
      bins.removeIf(List::isEmpty);
      // descending confidence, because the first turn takes from the start
      Collections.reverse(bins);
    }

    /** Adds one image that is not yet chosen. Returns false if there is none. */
    boolean takeInto(Set<String> chosen) {
      while (!bins.isEmpty()) {
        int bin = binAt(spread(turn));
        List<Candidate> left = bins.get(bin);
        Candidate next = left.remove(0);
        if (left.isEmpty()) {
          bins.remove(bin);
        }
        if (chosen.add(next.image)) {
          turn++;
          return true;
        }
      }
      return false;
    }

    /** The bin at a quantile (0 to 1) of the class's answers, ordered by descending confidence. */
    private int binAt(double share) {
      double sum = 0;
      for (List<Candidate> bin : bins) {
        sum += bin.get(0).weight;
      }
      double passed = 0;
      for (int bin = 0; bin < bins.size(); bin++) {
        passed += bins.get(bin).get(0).weight;
        if (passed > share * sum) {
          return bin;
        }
      }
      return bins.size() - 1;
    }

    /**
     * 0, 1/2, 1/4, 3/4, 1/8 …: van der Corput's sequence, evenly spread after any number of turns.
     */
    private static double spread(int turn) {
      return Integer.toUnsignedLong(Integer.reverse(turn)) / 0x1p32;
    }
  }
}

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
 * Chooses the pictures of a gallery: class after class takes one, and a class takes them all over
 * its confidences, as often high or low as its answers are. The same candidates give the same
 * choice.
 */
final class GalleryChoice {

  /**
   * An image that shows a class with a confidence in a bin.
   *
   * @param weight how many answers of the class are in the bin; the same for all of one bin
   */
  record Candidate(String image, String label, int bin, long weight) {
    Candidate {
      requireNonNull(image, "image is null");
      requireNonNull(label, "label is null");
    }
  }

  private GalleryChoice() {}

  /** At most so many images, each once. */
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

  /** The candidates of one class, by bin, and how many it has given. */
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
      // the best first: that is where the first turns begin
      Collections.reverse(bins);
    }

    /** Adds one image that is not chosen yet; false where there is none. */
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

    /** The bin in which a share, 0 to 1, of the class's answers ends, counted from the best. */
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

    /** 0, 1/2, 1/4, 3/4, 1/8 …: van der Corput's sequence, even after any number of turns. */
    private static double spread(int turn) {
      return Integer.toUnsignedLong(Integer.reverse(turn)) / 0x1p32;
    }
  }
}

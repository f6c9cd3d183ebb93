package org.seeql.udf.train;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Splits images into the parts of a training by the hashes of their content, so that copies of an
 * image are in one part. Within the images of each class, the parts have the requested shares. An
 * image of several classes belongs to the rarest of them.
 */
public final class ImageSplit {
  /** The share of the images that are not held out. */
  private static final double VALIDATION = 0.2;

  private final double holdout;
  private final long seed;

  /**
   * A split.
   *
   * @param holdout the share of the images that is held out, between 0 and 1
   * @param seed another one gives another split
   */
  public ImageSplit(double holdout, long seed) {
    this.holdout = holdout;
    this.seed = seed;
  }

  /** A part of the images. */
  public enum Part {
    TRAINING,
    VALIDATION,
    HOLDOUT;

    /** The part that a word names; empty if the word is unknown. */
    public static Optional<Part> of(String word) {
      return switch (word.toLowerCase(Locale.ROOT)) {
        case "train", "training" -> Optional.of(TRAINING);
        case "val", "valid", "validation" -> Optional.of(VALIDATION);
        case "test", "holdout" -> Optional.of(HOLDOUT);
        default -> Optional.empty();
      };
    }
  }

  /**
   * An image.
   *
   * @param content the SHA-256 of its file, in hexadecimal
   * @param classes the numbers of its classes
   * @param part the part to which the user assigns it
   */
  public record Image(String content, BitSet classes, Optional<Part> part) {
    public Image {
      requireNonNull(content, "content is null");
      requireNonNull(classes, "classes is null");
      requireNonNull(part, "part is null");
    }
  }

  /** The part of each image. The result does not depend on the order of the images. */
  public List<Part> split(List<Image> images) {
    boolean hasHoldout = images.stream().anyMatch(i -> i.part().equals(Optional.of(Part.HOLDOUT)));
    boolean hasValidation =
        images.stream().anyMatch(i -> i.part().equals(Optional.of(Part.VALIDATION)));
    Map<String, Part> parts = new HashMap<>();
    // copies of an image get one part: the holdout first, so that nothing of it is trained on
    for (Image image : images) {
      image
          .part()
          .filter(part -> part != Part.TRAINING)
          .ifPresent(part -> parts.merge(image.content(), part, ImageSplit::stricter));
    }
    for (List<String> contents : strata(images)) {
      List<String> free = contents.stream().filter(c -> !parts.containsKey(c)).toList();
      int held = hasHoldout ? 0 : share(free.size(), holdout);
      int checked = hasValidation ? 0 : share(free.size() - held, VALIDATION);
      for (int i = 0; i < free.size(); i++) {
        Part part = i < held ? Part.HOLDOUT : Part.TRAINING;
        parts.put(free.get(i), i >= held && i < held + checked ? Part.VALIDATION : part);
      }
    }
    return images.stream().map(image -> parts.get(image.content())).toList();
  }

  private static Part stricter(Part one, Part other) {
    return one == Part.HOLDOUT ? one : other;
  }

  /** A number of images, but neither none nor all of them. */
  private static int share(int count, double share) {
    return count < 2 ? 0 : (int) Math.max(1, Math.min(count - 1, Math.round(count * share)));
  }

  /** The contents of the images of each class, in the order of their hashes. */
  private List<List<String>> strata(List<Image> images) {
    Map<Integer, Integer> counts = new HashMap<>();
    images.forEach(
        image -> image.classes().stream().forEach(c -> counts.merge(c, 1, Integer::sum)));
    SortedMap<String, Integer> classOf = new TreeMap<>();
    for (Image image : images) {
      int rarest =
          image.classes().stream()
              .boxed()
              .min((a, b) -> Arrays.compare(key(counts, a), key(counts, b)))
              .orElse(-1);
      classOf.merge(image.content(), rarest, Math::min);
    }
    SortedMap<Integer, List<String>> strata = new TreeMap<>();
    classOf.forEach((content, number) -> listOf(strata, number).add(content));
    List<List<String>> sorted = new ArrayList<>();
    strata.values().forEach(contents -> sorted.add(byHash(contents)));
    return sorted;
  }

  private static int[] key(Map<Integer, Integer> counts, int number) {
    return new int[] {counts.get(number), number};
  }

  private static List<String> listOf(SortedMap<Integer, List<String>> strata, int number) {
    return strata.computeIfAbsent(number, key -> new ArrayList<>());
  }

  private List<String> byHash(List<String> contents) {
    Map<String, ByteBuffer> hashes = new LinkedHashMap<>();
    contents.forEach(content -> hashes.put(content, hash(content)));
    return contents.stream()
        .sorted((a, b) -> Arrays.compareUnsigned(hashes.get(a).array(), hashes.get(b).array()))
        .toList();
  }

  private ByteBuffer hash(String content) {
    try {
      return ByteBuffer.wrap(
          MessageDigest.getInstance("SHA-256")
              .digest((seed + " " + content).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}

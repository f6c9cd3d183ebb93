package org.seeql.datasets.record;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * An object that is visible in an image.
 *
 * @param segmentation JSON: polygons, or the run-length encoding of a crowd
 * @param area in pixels
 * @param isCrowd whether it represents a group of objects, which a detector need not find
 * @param traits the attributes that only Pascal VOC defines
 * @param extra a JSON object of the fields that neither format defines
 */
public record AnnotationRecord(
    long id,
    long imageId,
    long categoryId,
    Optional<String> segmentation,
    double area,
    Box box,
    boolean isCrowd,
    VocTraits traits,
    Optional<String> extra) {
  public AnnotationRecord {
    requireNonNull(segmentation, "segmentation is null");
    requireNonNull(box, "box is null");
    requireNonNull(traits, "traits is null");
    requireNonNull(extra, "extra is null");
  }

  /**
   * A box in pixels of the image, whose top left corner is (0, 0).
   *
   * @param x of the box's left edge
   * @param y of its upper edge
   */
  public record Box(double x, double y, double width, double height) {}

  /**
   * Pascal VOC's attributes of an object.
   *
   * @param pose the direction from which it is seen
   * @param truncated 1 if the box contains only a part of it
   * @param difficult 1 if it is hard to recognize; VOC's own evaluation ignores it, but TO EVALUATE
   *     counts it
   */
  public record VocTraits(Optional<String> pose, OptionalInt truncated, OptionalInt difficult) {
    public static final VocTraits NONE =
        new VocTraits(Optional.empty(), OptionalInt.empty(), OptionalInt.empty());

    public VocTraits {
      requireNonNull(pose, "pose is null");
      requireNonNull(truncated, "truncated is null");
      requireNonNull(difficult, "difficult is null");
    }
  }
}

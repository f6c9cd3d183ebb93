package org.seeql.datasets.record;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * An object that is to be seen in an image.
 *
 * @param segmentation JSON: polygons, or a run-length encoding of a crowd
 * @param area in pixels
 * @param isCrowd whether it stands for a group of objects, which no detection has to find
 * @param traits what only Pascal VOC says
 * @param extra a JSON object of the fields that neither has
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
   * A box in pixels of the image, from its top left corner, which is (0, 0).
   *
   * @param x of the box's left edge
   * @param y of its upper edge
   */
  public record Box(double x, double y, double width, double height) {}

  /**
   * What Pascal VOC says of an object.
   *
   * @param pose from where it is seen
   * @param truncated 1 if the box holds only a part of it
   * @param difficult 1 if it is hard to recognise; VOC's own evaluation passes it over, TO EVALUATE
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

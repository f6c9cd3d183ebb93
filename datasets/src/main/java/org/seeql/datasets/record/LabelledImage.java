package org.seeql.datasets.record;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * An image of a data set.
 *
 * @param fileName relative to the data set's folder of images, with slashes
 * @param height in pixels
 * @param width in pixels
 * @param extra a JSON object of the fields that COCO does not define
 */
public record LabelledImage(
    long id,
    OptionalLong license,
    String fileName,
    Optional<String> cocoUrl,
    int height,
    int width,
    Optional<String> dateCaptured,
    Optional<String> flickrUrl,
    Optional<String> extra) {
  public LabelledImage {
    requireNonNull(license, "license is null");
    requireNonNull(fileName, "fileName is null");
    requireNonNull(cocoUrl, "cocoUrl is null");
    requireNonNull(dateCaptured, "dateCaptured is null");
    requireNonNull(flickrUrl, "flickrUrl is null");
    requireNonNull(extra, "extra is null");
  }
}

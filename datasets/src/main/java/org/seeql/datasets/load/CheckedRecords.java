package org.seeql.datasets.load;

import java.util.BitSet;

/**
 * The outcome of the check of images and annotations.
 *
 * @param images the number of images, including invalid ones
 * @param annotations the number of annotations, including invalid ones
 * @param skippedImages the images that need not or cannot be written, by their numbers from 0 in
 *     the order of the sources
 * @param skippedAnnotations the annotations that need not or cannot be written, by their numbers
 * @param knownImages the number of images that the database already contains unchanged
 * @param knownAnnotations the number of annotations that the database already contains unchanged
 */
record CheckedRecords(
    int images,
    int annotations,
    BitSet skippedImages,
    BitSet skippedAnnotations,
    long knownImages,
    long knownAnnotations) {

  boolean hasNewImages() {
    return skippedImages.cardinality() < images;
  }
}

package org.seeql.datasets.load;

import java.util.BitSet;

/**
 * What a check found of images and annotations.
 *
 * @param images how many there are, bad ones included
 * @param annotations likewise
 * @param imagesLeftOut the numbers of those that need not or cannot be written, from 0 in the order
 *     of the sources
 * @param annotationsLeftOut likewise
 * @param knownImages how many are in the database as they are
 * @param knownAnnotations likewise
 */
record CheckedRecords(
    int images,
    int annotations,
    BitSet imagesLeftOut,
    BitSet annotationsLeftOut,
    long knownImages,
    long knownAnnotations) {

  boolean hasNewImages() {
    return imagesLeftOut.cardinality() < images;
  }
}

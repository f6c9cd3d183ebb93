package org.seeql.udf.evaluate;

import java.util.BitSet;

/**
 * An image of a presence sample.
 *
 * @param id as text
 * @param labelled numbers of the classes that the image shows
 * @param answered numbers of the classes that the model finds in it
 * @param scores by class number: the highest score that the model gives to the class, 0 to 1; 0 if
 *     its answer does not contain the class
 */
@SuppressWarnings("ArrayRecordComponent") // up to 10,000 images with a thousand classes each
public record SampledImage(String id, BitSet labelled, BitSet answered, float[] scores) {}

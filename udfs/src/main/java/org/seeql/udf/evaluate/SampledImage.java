package org.seeql.udf.evaluate;

import java.util.BitSet;

/**
 * An image of a presence sample.
 *
 * @param id as text
 * @param labelled numbers of the classes that the image shows
 * @param answered numbers of the classes that the model finds in it
 */
public record SampledImage(String id, BitSet labelled, BitSet answered) {}

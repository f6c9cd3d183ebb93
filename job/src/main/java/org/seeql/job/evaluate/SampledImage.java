package org.seeql.job.evaluate;

import java.util.BitSet;

/**
 * An image of a presence sample.
 *
 * @param id as text
 * @param labelled numbers of the classes that it shows
 * @param answered numbers of the classes that the model says it shows
 */
record SampledImage(String id, BitSet labelled, BitSet answered) {}

package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run asks about each of its images. Two runs that ask the same with the same settings give
 * the same answers, so that one may leave out what the other has done.
 *
 * @param asked the models with their versions; of a search also its predicate. For people, too
 * @param settings the options that change answers, as they would be written
 */
public record RequestFingerprint(String asked, SortedMap<String, String> settings) {
  public RequestFingerprint {
    requireNonNull(asked, "asked is null");
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
  }
}

package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run requests for each of its images. Two runs with the same request and settings give the
 * same answers, so one may skip the images that the other has completed.
 *
 * @param request the models with their versions, and the predicate of a search; also shown to
 *     people
 * @param settings the options that change answers, as they are written in a statement
 */
public record RequestFingerprint(String request, SortedMap<String, String> settings) {
  public RequestFingerprint {
    requireNonNull(request, "request is null");
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
  }
}

package org.seeql.job.find;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The cost of a sample, and of the reference model.
 *
 * @param reference the name of the model
 * @param sampleImages number of images that the sample answered
 * @param sampleFailed number of further images of the sample that could not be read
 * @param sampleMillis milliseconds of model time for the sample, of all models together
 * @param referenceMillis milliseconds of the reference's time for one image; 0 if the sample has no
 *     image
 * @param alone why the reference processes the other images by itself; empty if a cascade does
 */
public record ReferenceFigures(
    String reference,
    long sampleImages,
    long sampleFailed,
    double sampleMillis,
    double referenceMillis,
    Optional<String> alone) {
  private static final double MILLIS_PER_SECOND = 1e3;

  public ReferenceFigures {
    requireNonNull(reference, "reference is null");
    requireNonNull(alone, "alone is null");
  }

  /** How the plan was chosen: one sentence, for people. */
  public String choice() {
    return alone
        .map(reason -> "%s answers the remaining images alone: %s".formatted(reference, reason))
        .orElse("a cascade, certified compared with " + reference);
  }

  /**
   * The cost of the run and of the reference alone, as a sentence.
   *
   * @param planImages number of images that passed through the plan
   * @param planMillis milliseconds of model time for these images
   */
  String costs(long planImages, double planMillis) {
    return String.format(
        Locale.ROOT,
        "%.1f s for %,d sampled images + %.1f s for %,d others = %.1f s; %s alone would take about %.1f s%s",
        sampleMillis / MILLIS_PER_SECOND,
        sampleImages,
        planMillis / MILLIS_PER_SECOND,
        planImages,
        (sampleMillis + planMillis) / MILLIS_PER_SECOND,
        reference,
        aloneMillis(planImages) / MILLIS_PER_SECOND,
        saved(planImages, planMillis));
  }

  private double aloneMillis(long planImages) {
    return referenceMillis * (sampleImages + planImages);
  }

  private String saved(long planImages, double planMillis) {
    double cost = sampleMillis + planMillis;
    return alone.isPresent() || cost <= 0
        ? ""
        : String.format(Locale.ROOT, " (%.2f times as long)", aloneMillis(planImages) / cost);
  }

  /** The same as a tree of strings and numbers; undefined values are null. */
  Map<String, Object> document(long planImages, double planMillis) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("model", reference);
    document.put("sample_images", sampleImages);
    document.put("sample_failed", sampleFailed);
    document.put("sample_ms", sampleMillis);
    document.put("plan_images", planImages);
    document.put("plan_ms", planMillis);
    document.put("reference_alone_ms", aloneMillis(planImages));
    document.put("alone_because", alone.orElse(null));
    return document;
  }
}

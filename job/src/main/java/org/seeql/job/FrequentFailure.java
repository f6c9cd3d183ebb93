package org.seeql.job;

import static java.util.Objects.requireNonNull;

/**
 * Images of a run that failed for the same reason. Reasons are the same if they differ only in
 * paths, numbers and quoted values.
 *
 * @param images the number of images
 * @param stage as in {@link org.seeql.udf.batch.Prediction.Failure}
 * @param reason of one of the images
 * @param path of that image; empty if it has none
 */
public record FrequentFailure(long images, String stage, String reason, String path) {
  public FrequentFailure {
    requireNonNull(stage, "stage is null");
    requireNonNull(reason, "reason is null");
    requireNonNull(path, "path is null");
  }

  /** The reason, with the path of the example unless the reason contains it. */
  public String text() {
    String example = path.isEmpty() || reason.contains(path) ? "" : ", for example '" + path + "'";
    return stage + ": " + reason + example;
  }
}

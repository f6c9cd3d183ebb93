package org.seeql.job.inference;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.seeql.planner.cascade.RungCounts;

/**
 * The counts of a plan, for some of its images. Immutable.
 *
 * @param images images that passed through the plan, without failed ones
 * @param found images for which the plan decides yes
 * @param reached number of images that reached each node
 * @param models the counts of each model, in the order of the plan's models
 * @param rungs the counts of each rung of a cascade, in the order of its ladders; empty for other
 *     plans, and if an earlier version has counted some of the images
 */
public record PlanCounts(
    long images, long found, List<Long> reached, List<ModelCounts> models, List<RungCounts> rungs)
    implements Serializable {
  private static final long serialVersionUID = 1L;
  public static final PlanCounts NONE = new PlanCounts(0, 0, List.of(), List.of(), List.of());

  /**
   * The counts of a model.
   *
   * @param busy from decoded pixels to predictions, summed over all threads
   * @param batches calls of the model; a call shared by several tasks counts for each task by its
   *     share of the images
   * @param load how long the first image waited for the model
   */
  public record ModelCounts(long images, double batches, Duration busy, Duration load)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The sum of these and other counts of the same model. */
    public ModelCounts plus(ModelCounts other) {
      return new ModelCounts(
          images + other.images,
          batches + other.batches,
          busy.plus(other.busy),
          load.plus(other.load));
    }
  }

  public PlanCounts {
    // Copies the lists: the serialized form of a List.copyOf result is defined by the JDK
    reached = Collections.unmodifiableList(new ArrayList<>(reached));
    models = Collections.unmodifiableList(new ArrayList<>(models));
    rungs = Collections.unmodifiableList(new ArrayList<>(rungs));
  }

  /** The counts of a plan without rungs. */
  public PlanCounts(long images, long found, List<Long> reached, List<ModelCounts> models) {
    this(images, found, reached, models, List.of());
  }

  /** The sum of these and other counts, of the same plan or of none. */
  public PlanCounts plus(PlanCounts other) {
    if (reached.isEmpty() && models.isEmpty()) {
      return new PlanCounts(
          images + other.images, found + other.found, other.reached, other.models, other.rungs);
    }
    if (other.reached.isEmpty() && other.models.isEmpty()) {
      return other.plus(this);
    }
    List<Long> sums = new ArrayList<>();
    for (int i = 0; i < reached.size(); i++) {
      sums.add(reached.get(i) + other.reached.get(i));
    }
    List<ModelCounts> modelSums = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      modelSums.add(models.get(i).plus(other.models.get(i)));
    }
    List<RungCounts> rungSums = new ArrayList<>();
    for (int i = 0; i < Math.min(rungs.size(), other.rungs.size()); i++) {
      rungSums.add(rungs.get(i).plus(other.rungs.get(i)));
    }
    return new PlanCounts(images + other.images, found + other.found, sums, modelSums, rungSums);
  }
}

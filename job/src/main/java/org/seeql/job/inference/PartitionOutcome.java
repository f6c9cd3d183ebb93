package org.seeql.job.inference;

import java.io.Serializable;
import java.time.Duration;

/**
 * What a task tells the driver. How many images and rows there are is not in it: that is what the
 * database has committed.
 *
 * @param batchSize the model's latest; 0 where the task had nothing to do
 * @param read of files, of all threads together
 * @param decode from bytes to the model's input, of all threads together
 * @param inference in the model, of all threads together
 * @param postprocess from the model's output to predictions, of all threads together
 * @param write into the database
 * @param plan what came of the plan, where there is one
 */
public record PartitionOutcome(
    int partition,
    int batchSize,
    String engine,
    String device,
    Duration read,
    Duration decode,
    Duration inference,
    Duration postprocess,
    Duration write,
    PlanCounts plan)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}

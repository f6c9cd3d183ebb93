package org.seeql.job.inference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import org.seeql.job.inference.PlanCounts.ModelCounts;
import org.seeql.udf.batch.StageTimes;
import org.seeql.udf.model.Device;

/**
 * How the committed attempt at a partition went. Kept with the commit, so that a summary of the run
 * is complete after failures and resumes. How many images and rows there are has columns of its
 * own.
 *
 * @param batchSize the model's latest; 0 where the task had nothing to do
 * @param read of files, of all threads together
 * @param decode from bytes to the model's input, of all threads together
 * @param inference in the model, of all threads together
 * @param postprocess from the model's output to predictions, of all threads together
 * @param write into the database, until the commit
 * @param plan what came of the plan, where there is one
 */
public record PartitionFigures(
    int batchSize,
    String engine,
    String device,
    Duration read,
    Duration decode,
    Duration inference,
    Duration postprocess,
    Duration write,
    PlanCounts plan) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Stored> STORED = new TypeReference<>() {};

  /** How they are written: times in nanoseconds. */
  private record Stored(
      int batchSize,
      String engine,
      String device,
      long read,
      long decode,
      long inference,
      long postprocess,
      long write,
      long planImages,
      long found,
      List<Long> reached,
      List<StoredModel> models) {}

  private record StoredModel(long images, double batches, long busy, long load) {
    static StoredModel of(ModelCounts counts) {
      return new StoredModel(
          counts.images(), counts.batches(), counts.busy().toNanos(), counts.load().toNanos());
    }

    ModelCounts counts() {
      return new ModelCounts(images, batches, Duration.ofNanos(busy), Duration.ofNanos(load));
    }
  }

  /** The figures of an attempt whose images have all been answered. */
  static PartitionFigures of(ImageAnswers answers, Device device, long writeNanos) {
    StageTimes times = answers.times();
    return new PartitionFigures(
        times.batchSize(),
        answers.engine(),
        device.toString(),
        times.read(),
        times.decode(),
        times.inference(),
        times.postprocess(),
        Duration.ofNanos(writeNanos),
        answers.counts());
  }

  String toJson() {
    Stored stored =
        new Stored(
            batchSize,
            engine,
            device,
            read.toNanos(),
            decode.toNanos(),
            inference.toNanos(),
            postprocess.toNanos(),
            write.toNanos(),
            plan.images(),
            plan.found(),
            plan.reached(),
            plan.models().stream().map(StoredModel::of).toList());
    try {
      return JSON.writeValueAsString(stored);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + stored, e);
    }
  }

  /**
   * Reads what {@link #toJson} has written.
   *
   * @throws IllegalStateException if it is something else
   */
  public static PartitionFigures parse(String json) {
    try {
      Stored stored = JSON.readValue(json, STORED);
      return new PartitionFigures(
          stored.batchSize(),
          stored.engine(),
          stored.device(),
          Duration.ofNanos(stored.read()),
          Duration.ofNanos(stored.decode()),
          Duration.ofNanos(stored.inference()),
          Duration.ofNanos(stored.postprocess()),
          Duration.ofNanos(stored.write()),
          new PlanCounts(
              stored.planImages(),
              stored.found(),
              stored.reached(),
              stored.models().stream().map(StoredModel::counts).toList()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not the figures of a partition: " + json, e);
    }
  }
}

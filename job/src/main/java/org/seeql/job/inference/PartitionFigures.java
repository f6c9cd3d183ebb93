package org.seeql.job.inference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import org.seeql.database.StoredJson;
import org.seeql.job.inference.PlanCounts.ModelCounts;
import org.seeql.planner.cascade.RungCounts;
import org.seeql.udf.batch.StageTimes;
import org.seeql.udf.model.Device;

/**
 * Measurements of the committed attempt of a partition. Stored with the commit, so that the summary
 * of a run is complete after failures and resumes. Image and row counts have separate columns.
 *
 * @param batchSize the model's latest batch size; 0 if the task had no images
 * @param read reading files, summed over all threads
 * @param decode from bytes to the model's input, summed over all threads
 * @param inference in the model, summed over all threads
 * @param postprocess from the model's output to predictions, summed over all threads
 * @param write writing to the database, up to the commit
 * @param plan the counts of the plan, if there is one
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

  /**
   * The stored form: times in nanoseconds.
   *
   * @param rungs null if an earlier version has stored it
   */
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
      List<StoredCounts> models,
      List<RungCounts> rungs) {}

  private record StoredCounts(long images, double batches, long busy, long load) {
    static StoredCounts of(ModelCounts counts) {
      return new StoredCounts(
          counts.images(), counts.batches(), counts.busy().toNanos(), counts.load().toNanos());
    }

    ModelCounts counts() {
      return new ModelCounts(images, batches, Duration.ofNanos(busy), Duration.ofNanos(load));
    }
  }

  /** The measurements of an attempt whose images have all been answered. */
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
    return StoredJson.write(
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
            plan.models().stream().map(StoredCounts::of).toList(),
            plan.rungs()));
  }

  /**
   * Parses the output of {@link #toJson}.
   *
   * @throws IllegalStateException if the text has another format
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
              stored.models().stream().map(StoredCounts::counts).toList(),
              stored.rungs() == null ? List.of() : stored.rungs()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not the figures of a partition: " + json, e);
    }
  }
}

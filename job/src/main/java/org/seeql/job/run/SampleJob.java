package org.seeql.job.run;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.ledger.RunOwner;
import org.seeql.database.ledger.RunRecord;
import org.seeql.job.inference.BoundModel;
import org.seeql.job.inference.ModelAssignment.PlannedModels;
import org.seeql.job.inference.PipelineSettings;
import org.seeql.job.inference.PlanCounts.ModelCounts;
import org.seeql.job.inference.RunJobs;
import org.seeql.job.inference.SampleTask;
import org.seeql.job.inference.SampledImage;
import org.seeql.planner.option.OptionTable;

/**
 * The Spark jobs that run models on samples of a run's selection. The jobs are cancelled if the
 * driver loses the run.
 */
final class SampleJob {
  private static final int MIN_ROWS_PER_TASK = 32;

  private final DatabaseConnector connector;
  private final RunOwner owner;
  private final RunRecord run;
  private final Path modelCache;

  SampleJob(DatabaseConnector connector, RunOwner owner, RunRecord run, Path modelCache) {
    this.connector = requireNonNull(connector, "connector is null");
    this.owner = requireNonNull(owner, "owner is null");
    this.run = requireNonNull(run, "run is null");
    this.modelCache = requireNonNull(modelCache, "modelCache is null");
  }

  /**
   * A sample and what runs on it.
   *
   * @param rows of the selection; at least one
   * @param models whose answers are requested
   * @param plans whose decisions are requested
   * @param purpose a word for Spark's UI
   */
  record Sample(
      List<Long> rows, List<BoundModel> models, List<PlannedModels> plans, String purpose) {
    Sample {
      rows = List.copyOf(rows);
      models = List.copyOf(models);
      plans = List.copyOf(plans);
      requireNonNull(purpose, "purpose is null");
    }

    private double lowestThreshold() {
      return DoubleStream.concat(
              models.stream().mapToDouble(BoundModel::threshold),
              plans.stream().mapToDouble(PlannedModels::lowestThreshold))
          .min()
          .orElse(1);
    }
  }

  /** The answers about the sample, in the order of the rows. */
  SampleTask.Answers run(SparkSession spark, Sample sample) {
    Cores cores = Cores.registered(spark);
    SampleTask.Settings work =
        new SampleTask.Settings(
            connector,
            run.runId(),
            run.layout(),
            run.imageRoot(),
            new SampleTask.SampledModels(
                sample.models(),
                sample.plans(),
                run.options().device(),
                PipelineSettings.of(
                    run.options().with(OptionTable.CONFIDENCE, sample.lowestThreshold())),
                modelCache.toString(),
                cores.anExecutor()));
    owner.onLoss(() -> RunJobs.cancel(spark.sparkContext(), run.runId()));
    int most = Math.max(1, sample.rows().size() / MIN_ROWS_PER_TASK);
    List<List<Long>> parts = parts(sample.rows(), Math.min(cores.inAll(), most));
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    return joined(
        RunJobs.during(
            spark.sparkContext(),
            run.runId(),
            "SeeQL run %s: %s of %d images"
                .formatted(run.runId(), sample.purpose(), sample.rows().size()),
            () ->
                context
                    .parallelize(parts, parts.size())
                    .mapPartitions(new SampleTask(work))
                    .collect()),
        sample.rows());
  }

  private static List<List<Long>> parts(List<Long> rows, int count) {
    List<List<Long>> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int from = (int) ((long) rows.size() * i / count);
      int to = (int) ((long) rows.size() * (i + 1) / count);
      // Copies the view: the serialized form of a sublist contains the whole list
      parts.add(new ArrayList<>(rows.subList(from, to)));
    }
    return parts;
  }

  private static SampleTask.Answers joined(List<SampleTask.Answers> parts, List<Long> order) {
    Map<Long, Integer> places = new TreeMap<>();
    order.forEach(row -> places.put(row, places.size()));
    List<SampledImage> images =
        parts.stream()
            .flatMap(part -> part.images().stream())
            .sorted(Comparator.comparing(image -> places.get(image.row())))
            .toList();
    Map<String, ModelCounts> counts = new TreeMap<>();
    for (SampleTask.Answers part : parts) {
      part.counts().forEach((name, ofModel) -> counts.merge(name, ofModel, ModelCounts::plus));
    }
    return new SampleTask.Answers(
        images, parts.stream().mapToLong(SampleTask.Answers::failed).sum(), counts);
  }
}

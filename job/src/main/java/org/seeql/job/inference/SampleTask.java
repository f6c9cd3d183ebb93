package org.seeql.job.inference;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.database.ledger.SelectedRow;
import org.seeql.database.ledger.SelectionReader;
import org.seeql.job.inference.ModelAssignment.PlannedModels;
import org.seeql.job.inference.PlanCounts.ModelCounts;
import org.seeql.job.model.ModelCache;
import org.seeql.planner.option.DeviceChoice;
import org.seeql.udf.batch.CloseableIterator;
import org.seeql.udf.batch.PipelineOptions;
import org.seeql.udf.batch.Prediction;
import org.seeql.udf.batch.RoutedPipeline;
import org.seeql.udf.batch.RoutedResult;
import org.seeql.udf.batch.RoutedTimes;
import org.seeql.udf.model.Device;
import org.seeql.udf.model.ModelDescription;

/**
 * Runs several models on each of some images of a selection, and returns their answers. Writes
 * nothing.
 */
public final class SampleTask implements FlatMapFunction<Iterator<List<Long>>, SampleTask.Answers> {
  private static final long serialVersionUID = 1L;

  private final Settings work;

  public SampleTask(Settings work) {
    this.work = requireNonNull(work, "work is null");
  }

  /**
   * The models and how they run.
   *
   * @param models whose answers are requested. The same model may occur with several thresholds; it
   *     runs once
   * @param plans whose decisions are requested
   * @param modelCache a folder of the executor's machine
   * @param cores number of cores of one executor that inference may use, as known to the driver
   */
  public record SampledModels(
      List<BoundModel> models,
      List<PlannedModels> plans,
      DeviceChoice device,
      PipelineOptions options,
      String modelCache,
      int cores)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    public SampledModels {
      models = Collections.unmodifiableList(new ArrayList<>(models));
      plans = Collections.unmodifiableList(new ArrayList<>(plans));
      requireNonNull(device, "device is null");
      requireNonNull(options, "options is null");
      requireNonNull(modelCache, "modelCache is null");
    }

    /** The models, each once, in the order of their first occurrence. */
    List<ModelDescription> descriptions() {
      return Stream.concat(models.stream(), plans.stream().flatMap(plan -> plan.models().stream()))
          .map(BoundModel::description)
          .distinct()
          .toList();
    }
  }

  /**
   * The settings of a task. Serialized to the executors.
   *
   * @param imageRoot an absolute path or a URI
   */
  public record Settings(
      DatabaseConnector connector,
      String runId,
      ResultLayout layout,
      String imageRoot,
      SampledModels models)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    public Settings {
      requireNonNull(connector, "connector is null");
      requireNonNull(runId, "runId is null");
      requireNonNull(layout, "layout is null");
      requireNonNull(imageRoot, "imageRoot is null");
      requireNonNull(models, "models is null");
    }
  }

  /**
   * The answers of a task.
   *
   * @param images without those that failed
   * @param failed number of images that could not be read or decoded
   * @param counts of each model, by its name
   */
  public record Answers(List<SampledImage> images, long failed, Map<String, ModelCounts> counts)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    public Answers {
      images = Collections.unmodifiableList(new ArrayList<>(images));
      counts = Collections.unmodifiableMap(new TreeMap<>(counts));
    }
  }

  @Override
  public Iterator<Answers> call(Iterator<List<Long>> rows) throws SQLException, IOException {
    List<Long> all = new ArrayList<>();
    rows.forEachRemaining(all::addAll);
    if (all.isEmpty()) {
      return Collections.emptyIterator();
    }
    TaskContext task = TaskContext.get();
    ImageRoot root = ImageRoot.open(work.imageRoot());
    try (SelectionReader selected =
        SelectionReader.openRows(work.connector(), work.runId(), work.layout(), all)) {
      return List.of(answers(images(selected, root), task)).iterator();
    }
  }

  private static Iterator<SelectedImage> images(Iterator<SelectedRow> rows, ImageRoot root) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public SelectedImage next() {
        return new SelectedImage(rows.next(), root);
      }
    };
  }

  private Answers answers(Iterator<SelectedImage> images, TaskContext task) {
    SampledModels models = work.models();
    List<ModelDescription> descriptions = models.descriptions();
    Device device = Devices.choose(models.device(), task);
    RoutedTimes times = new RoutedTimes(descriptions.size(), WorkListeners.ofJvm());
    List<SampledImage> sampled = new ArrayList<>();
    long failed = 0;
    try (SharedResources<?, RoutedPipeline>.Lease lease =
            RoutedPipelines.ofJvm()
                .acquire(
                    descriptions,
                    device,
                    new ModelCache(Path.of(models.modelCache())),
                    ExecutorCores.here(models.cores()));
        CloseableIterator<RoutedResult<SelectedImage, SampleRoute>> results =
            lease
                .value()
                .run(
                    images,
                    image -> new SampleRoute(descriptions.size()),
                    models.options().withBoxesOnly(),
                    times)) {
      while (results.hasNext()) {
        if (task.isInterrupted()) {
          throw new TaskKilledException("the run was cancelled");
        }
        RoutedResult<SelectedImage, SampleRoute> result = results.next();
        if (result.failure().isPresent()) {
          failed++;
        } else {
          sampled.add(sampled(result, descriptions));
        }
      }
    }
    return new Answers(sampled, failed, counts(descriptions, times));
  }

  private SampledImage sampled(
      RoutedResult<SelectedImage, SampleRoute> result, List<ModelDescription> descriptions) {
    Map<ModelDescription, Prediction> predictions = new HashMap<>();
    for (int i = 0; i < descriptions.size(); i++) {
      predictions.put(descriptions.get(i), result.route().predictions().get(i));
    }
    long row = result.source().row();
    return new SampledImage(
        row,
        work.models().models().stream()
            .map(model -> model.answers(predictions.get(model.description())))
            .toList(),
        work.models().plans().stream().map(plan -> isFound(plan, row, predictions)).toList());
  }

  /** Whether a plan finds an image. */
  private static boolean isFound(
      PlannedModels plan, long row, Map<ModelDescription, Prediction> predictions) {
    PlanRoute route = PlanRoute.of(plan, row);
    for (OptionalInt next = route.next(); next.isPresent(); next = route.next()) {
      int model = next.getAsInt();
      route.answer(model, predictions.get(plan.models().get(model).description()));
    }
    return route.isFound();
  }

  private static Map<String, ModelCounts> counts(
      List<ModelDescription> descriptions, RoutedTimes times) {
    Map<String, ModelCounts> counts = new TreeMap<>();
    for (int i = 0; i < descriptions.size(); i++) {
      counts.put(descriptions.get(i).name(), PlanAnswers.counts(times, i));
    }
    return counts;
  }
}

package org.seeql.job.inference;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.seeql.job.inference.ModelAssignment.PlannedModels;
import org.seeql.job.model.ModelCache;
import org.seeql.planner.cascade.CascadePlan;
import org.seeql.planner.cascade.RungTally;
import org.seeql.udf.batch.CloseableIterator;
import org.seeql.udf.batch.RoutedPipeline;
import org.seeql.udf.batch.RoutedResult;
import org.seeql.udf.batch.RoutedTimes;
import org.seeql.udf.batch.StageTimes;
import org.seeql.udf.model.Device;
import org.seeql.udf.model.ModelLoader;

/** The decisions of a plan about images, as rows. */
final class PlanAnswers implements ImageAnswers {
  private final PlannedModels work;
  private final Device device;
  private final SharedResources<?, RoutedPipeline>.Lease lease;
  private final RoutedTimes times;
  private final CloseableIterator<RoutedResult<SelectedImage, PlanRoute>> results;
  private final long[] reached;
  private final Optional<RungTally> rungs;
  private long images;
  private long found;

  PlanAnswers(
      PredictionSettings all, PlannedModels work, Device device, Iterator<SelectedImage> sources) {
    this.work = work;
    this.device = device;
    times = new RoutedTimes(work.models().size(), WorkListeners.ofJvm());
    reached = new long[work.plan().size()];
    rungs =
        work.plan() instanceof CascadePlan cascade
            ? Optional.of(new RungTally(cascade))
            : Optional.empty();
    ModelCache cache = new ModelCache(Path.of(all.modelCache()));
    lease =
        RoutedPipelines.ofJvm()
            .acquire(
                work.models().stream().map(BoundModel::description).toList(),
                device,
                cache,
                ExecutorCores.here(all.cores()));
    results =
        lease
            .value()
            .run(
                sources,
                image -> PlanRoute.of(work, image.row()),
                all.options().withBoxesOnly(),
                times);
  }

  @Override
  public boolean hasNext() {
    return results.hasNext();
  }

  @Override
  public AnsweredImage next() {
    RoutedResult<SelectedImage, PlanRoute> result = results.next();
    if (result.failure().isPresent()) {
      return new AnsweredImage(result.source().selected(), result.failure(), List.of());
    }
    PlanRoute route = result.route();
    if (route.isOfPlan()) {
      count(route);
    }
    return new AnsweredImage(
        result.source().selected(), Optional.empty(), FoundRow.of(route, work.kept()));
  }

  private void count(PlanRoute route) {
    images++;
    found += route.isFound() ? 1 : 0;
    for (int node = 0; node < reached.length; node++) {
      reached[node] += route.hasReached(node) ? 1 : 0;
    }
    rungs.ifPresent(route::count);
  }

  @Override
  public StageTimes times() {
    return times.stages();
  }

  @Override
  public String engine() {
    return work.models().stream()
        .map(model -> ModelLoader.fasterEngine(model.description(), device).toString())
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  @Override
  public PlanCounts counts() {
    List<Long> byNode = new ArrayList<>();
    for (long count : reached) {
      byNode.add(count);
    }
    List<PlanCounts.ModelCounts> byModel = new ArrayList<>();
    for (int i = 0; i < work.models().size(); i++) {
      byModel.add(counts(times, i));
    }
    return new PlanCounts(
        images, found, byNode, byModel, rungs.map(RungTally::counts).orElse(List.of()));
  }

  /** The counts of one model, by its index. */
  static PlanCounts.ModelCounts counts(RoutedTimes times, int index) {
    RoutedTimes.ModelTimes model = times.of(index);
    return new PlanCounts.ModelCounts(model.images(), model.batches(), model.busy(), model.load());
  }

  @Override
  public void close() {
    try (lease) {
      results.close();
    }
  }
}

package org.seeql.cli.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seeql.cli.report.RunPage.Answer;
import org.seeql.cli.report.RunPage.Box;
import org.seeql.cli.report.RunPage.ClassFindings;
import org.seeql.cli.report.RunPage.Failure;
import org.seeql.cli.report.RunPage.FailureCount;
import org.seeql.cli.report.RunPage.Failures;
import org.seeql.cli.report.RunPage.Findings;
import org.seeql.cli.report.RunPage.Gallery;
import org.seeql.cli.report.RunPage.Mark;
import org.seeql.cli.report.RunPage.Partition;
import org.seeql.cli.report.RunPage.Partitions;
import org.seeql.cli.report.RunPage.Picture;
import org.seeql.cli.report.RunPage.Run;
import org.seeql.cli.report.RunPage.Setting;
import org.seeql.cli.report.RunPage.Stage;
import org.seeql.cli.report.Thumbnails.Thumbnail;
import org.seeql.database.ledger.PartitionState;
import org.seeql.database.ledger.RunState;
import org.seeql.job.find.FindReport;
import org.seeql.job.find.ReferenceFigures;
import org.seeql.job.inference.PlanCounts;
import org.seeql.job.train.StoredTraining;
import org.seeql.planner.cascade.CascadeBranch;
import org.seeql.planner.cascade.CascadeNode;
import org.seeql.planner.cascade.CascadePlan;
import org.seeql.planner.cascade.Figures;
import org.seeql.planner.cascade.Limit;
import org.seeql.planner.cascade.Rung;
import org.seeql.planner.cascade.RungCounts;
import org.seeql.planner.cascade.Verdict;
import org.seeql.planner.model.ClassSkill;
import org.seeql.planner.model.ModelProfile;
import org.seeql.planner.model.Priors;
import org.seeql.planner.optimizer.Bound;
import org.seeql.planner.optimizer.Bounds;
import org.seeql.planner.optimizer.ChoiceProblem;
import org.seeql.planner.optimizer.DecisionPlan;
import org.seeql.planner.optimizer.Measure;
import org.seeql.planner.optimizer.ModelChooser;
import org.seeql.planner.optimizer.Quality;
import org.seeql.planner.optimizer.Step;
import org.seeql.planner.predicate.Predicate;

/** Pages of fictitious runs. */
final class SamplePages {

  static final Instant STARTED = Instant.parse("2026-11-22T18:42:10Z");

  /** A placeholder for a picture. The page does not decode it. */
  static final String JPEG = "/9j/2Q==";

  private SamplePages() {}

  /** A detector over five images, one of which cannot be decoded. */
  static RunPage detections() {
    return new RunPage(
        run(
            "SELECT * FROM demo.images WHERE width >= 640 -- all of them\n"
                + "TO RUN seeql/detect CMD \"detect\", \"--model=all_best\" INTO demo.detections;",
            RunState.SUCCEEDED,
            Optional.empty()),
        List.of(stage("plan", 42), stage("select", 180), stage("infer", 2000)),
        List.of(stage("decode", 900), stage("inference", 2900)),
        5,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new Findings(
            Answer.BOX,
            List.of(bins("dog", 19, 19, 12), bins("traffic light", 18), bins("cat", 6)),
            3,
            Optional.empty()),
        new Gallery(
            List.of(
                picture(
                    "1",
                    "a/dogs.jpg",
                    mark("dog", 0.98, 64, 48, 320, 240),
                    mark("dog", 0.97, 448, 0, 640, 96),
                    mark("cat", 0.31, 0, 240, 64, 480)),
                picture("2", "b.png", mark("traffic light", 0.93, 10, 100, 40, 170))),
            1),
        new Failures(
            List.of(new Failure("5", "c/cut.jpg", "decode", "Truncated JPEG")),
            List.of(new FailureCount("decode", 1))),
        List.of(new Setting("batch_size", "auto"), new Setting("confidence", "0.25")),
        new Partitions(
            List.of(
                new Partition(
                    0,
                    1,
                    5,
                    PartitionState.COMMITTED,
                    5,
                    1,
                    5,
                    Duration.ofMillis(1900),
                    Optional.of(STARTED.plusMillis(2200)))),
            1));
  }

  /** A classifier. */
  static RunPage labels() {
    RunPage page = detections();
    return new RunPage(
        page.run(),
        page.stages(),
        List.of(),
        5,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new Findings(
            Answer.LABEL, List.of(bins("tabby", 19, 9), bins("lynx", 8)), 3, Optional.empty()),
        new Gallery(
            List.of(
                picture("1", "a.jpg", new Mark("tabby", 0.99, Optional.empty())),
                picture("2", "b.jpg", new Mark("lynx", 0.42, Optional.empty()))),
            0),
        new Failures(List.of(), List.of()),
        page.settings(),
        page.partitions());
  }

  /** A classifier that was trained on two places, with a mistake and an undefined measure. */
  static RunPage training() {
    return training(
        Optional.of(
            new StoredTraining(
                Map.of(
                    "trained", "place_of, version 1: classify, 2 classes; see SHOW TRAIN place_of"),
                List.of("class", "training", "validation", "holdout", "precision", "f1_low"),
                List.of(
                    List.of("beach", 12, 3, 4, 0.75, 0.5),
                    Arrays.asList("<snow>", 9, 2, 3, null, 0.25)),
                List.of(
                    new StoredTraining.Step(0.1, 0.4, 0.5, 0.75),
                    new StoredTraining.Step(3, 0.8, 0.9, 0.5)),
                0.1,
                Optional.of(List.of(List.of(4L, 0L), List.of(1L, 2L))),
                List.of(new StoredTraining.Mistake("7", "a/<b>.jpg", "<snow>", "beach", 0.9, 2.3)),
                Map.of("fit", 0.5))));
  }

  /** A training that has or has not completed. */
  static RunPage training(Optional<StoredTraining> stored) {
    RunPage page = detections();
    return new RunPage(
        page.run(),
        page.stages(),
        List.of(),
        5,
        Optional.empty(),
        Optional.empty(),
        Optional.of(
            new TrainingPage(
                stored,
                stored.map(StoredTraining::mistakes).orElse(List.of()).stream()
                    .map(mistake -> new TrainingPage.Wrong(mistake, new Thumbnail(640, 480, JPEG)))
                    .toList(),
                0)),
        new Findings(Answer.BOX, List.of(), 0, Optional.of("")),
        new Gallery(List.of(), 0),
        new Failures(List.of(), List.of()),
        page.settings(),
        page.partitions());
  }

  /** A failed run whose rows no longer exist. */
  static RunPage failed() {
    RunPage page = detections();
    return new RunPage(
        run(
            page.run().statement(),
            RunState.FAILED,
            Optional.of("Cannot run on: 1 of 5 images failed\nMore than max_failed_images=10%")),
        List.of(),
        List.of(),
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new Findings(Answer.BOX, List.of(), 0, Optional.of("Nothing was published.")),
        new Gallery(List.of(), 0),
        page.failures(),
        page.settings(),
        new Partitions(List.of(), 0));
  }

  /** A page with the text in all places that can contain text of users or files. */
  static RunPage withText(String text) {
    RunPage page = detections();
    Run run = page.run();
    return new RunPage(
        new Run(
            run.id(),
            text,
            RunState.FAILED,
            text,
            new RunPage.Environment(
                Optional.of(text),
                Optional.of(text),
                Optional.of(text),
                run.environment().batchSize()),
            Optional.of(text),
            Optional.of(text),
            run.period(),
            run.counts(),
            Optional.of(text)),
        List.of(stage(text, 1)),
        List.of(stage(text, 1)),
        5,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new Findings(Answer.BOX, List.of(bins(text, 3)), 1, Optional.empty()),
        new Gallery(List.of(picture(text, text, mark(text, 0.5, 1, 1, 2, 2))), 0),
        new Failures(
            List.of(new Failure(text, text, text, text)), List.of(new FailureCount(text, 1))),
        List.of(new Setting(text, text)),
        page.partitions());
  }

  private static Run run(String statement, RunState state, Optional<String> error) {
    return new Run(
        "20261122-184210-7f3a",
        statement,
        state,
        "all_best@1",
        new RunPage.Environment(
            Optional.of("ONNX"), Optional.of("cpu"), Optional.of("laptop"), OptionalInt.of(8)),
        Optional.of("demo.detections"),
        Optional.of("/images"),
        new RunPage.Period(STARTED, Optional.of(STARTED.plusMillis(2500))),
        new RunPage.Counts(5, 4, 1, 5),
        error);
  }

  /** Findings with one answer in each of the bins. */
  static ClassFindings bins(String label, int... bins) {
    List<Long> counts = new ArrayList<>(Collections.nCopies(ClassFindings.BINS, 0L));
    for (int bin : bins) {
      counts.set(bin, counts.get(bin) + 1);
    }
    return new ClassFindings(label, counts);
  }

  private static Stage stage(String name, long millis) {
    return new Stage(name, Duration.ofMillis(millis));
  }

  private static Picture picture(String id, String file, Mark... marks) {
    return new Picture(id, file, 640, 480, JPEG, List.of(marks));
  }

  private static Mark mark(
      String label, double score, double xMin, double yMin, double xMax, double yMax) {
    return new Mark(label, score, Optional.of(new Box(xMin, yMin, xMax, yMax)));
  }

  /** A TO FIND run with three models. */
  static RunPage search() {
    RunPage page = detections();
    Predicate either =
        new Predicate.Or(
            List.of(
                new Predicate.And(
                    List.of(new Predicate.Presence("person"), new Predicate.Presence("dog"))),
                new Predicate.And(
                    List.of(
                        new Predicate.Presence("traffic <light>"),
                        new Predicate.Not(new Predicate.Presence("car"))))));
    ChoiceProblem problem =
        ChoiceProblem.of(
            either,
            Priors.of(Map.of("person", 0.5, "dog", 0.1, "traffic <light>", 0.2, "car", 0.4)),
            List.of(
                profile("people", 5, "person"),
                profile("animals", 8, "dog"),
                profile("vehicles & signs", 12, "traffic <light>", "car")));
    return new RunPage(
        page.run(),
        page.stages(),
        page.work(),
        page.timedImages(),
        Optional.of(
            new FindReport(
                (DecisionPlan) ModelChooser.choose(problem),
                List.of("people", "animals", "vehicles & signs"),
                "pictures",
                Optional.empty(),
                Optional.empty(),
                PlanCounts.NONE)),
        Optional.empty(),
        Optional.empty(),
        page.findings(),
        page.gallery(),
        page.failures(),
        page.settings(),
        page.partitions());
  }

  /** A TO FIND run with a cascade, whose text is in all names. */
  static RunPage cascade(String text) {
    RunPage page = search();
    SortedMap<String, List<Rung>> ladders = new TreeMap<>();
    ladders.put(text, List.of(new Rung("scout " + text, 0.05, 0.62), new Rung("large", 0.4, 0.4)));
    CascadePlan plan =
        new CascadePlan(
            Bounds.NONE.with(Bound.MIN_RECALL, 0.9),
            Measure.F1,
            0.95,
            ladders,
            new Figures(500, 16, new Quality(0.3, 0.1, 0.02, 0.58)),
            new Figures(500, 15, new Quality(0.3, 0.1, 0.02, 0.58)),
            new TreeMap<>(Map.of(Bound.MIN_RECALL, new Limit(0.904, 150, 160))),
            3,
            0.05,
            new Step.Then(0),
            List.of(
                new CascadeNode(
                    0,
                    "scout " + text,
                    new TreeMap<>(Map.of(text, 0)),
                    4,
                    1,
                    List.of(
                        branch(text, Verdict.NO, new Step.Decide(false)),
                        branch(text, Verdict.UNSURE, new Step.Then(1)),
                        branch(text, Verdict.YES, new Step.Decide(true)))),
                new CascadeNode(
                    1,
                    "large",
                    new TreeMap<>(Map.of(text, 1)),
                    40,
                    0.3,
                    List.of(
                        branch(text, Verdict.NO, new Step.Decide(false)),
                        branch(text, Verdict.YES, new Step.Decide(true))))),
            List.of(rung(100, 250, 150, 3), rung(60, 90, 0, 8)));
    FindReport report =
        new FindReport(
            plan,
            List.of("scout " + text, "large"),
            "pictures",
            Optional.of(new ReferenceFigures("large " + text, 100, 0, 4_400, 40, Optional.empty())),
            Optional.empty(),
            new PlanCounts(
                1_000,
                320,
                List.of(1_000L, 250L),
                List.of(
                    new PlanCounts.ModelCounts(1_000, 10, Duration.ofSeconds(5), Duration.ZERO),
                    new PlanCounts.ModelCounts(250, 4, Duration.ofSeconds(11), Duration.ZERO)),
                List.of(rung(200, 550, 250, 2), rung(120, 130, 0, 9))));
    return new RunPage(
        page.run(),
        page.stages(),
        page.work(),
        page.timedImages(),
        Optional.of(report),
        Optional.empty(),
        Optional.empty(),
        page.findings(),
        page.gallery(),
        page.failures(),
        page.settings(),
        page.partitions());
  }

  private static CascadeBranch branch(String className, Verdict verdict, Step step) {
    return new CascadeBranch(new TreeMap<>(Map.of(className, verdict)), step);
  }

  private static RungCounts rung(long yes, long no, long unsure, int bin) {
    List<Long> scores = new ArrayList<>(Collections.nCopies(RungCounts.BINS, 0L));
    scores.set(0, no);
    scores.set(bin, unsure);
    scores.set(RungCounts.BINS - 1, yes);
    return new RungCounts(yes, no, unsure, scores);
  }

  private static ModelProfile profile(String name, double millis, String... classes) {
    SortedMap<String, ClassSkill> skills = new TreeMap<>();
    for (String className : classes) {
      skills.put(className, new ClassSkill.Rates(0.9, 0.05));
    }
    return new ModelProfile(name, millis, skills);
  }
}

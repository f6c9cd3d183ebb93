package org.seeql.cli.report;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.seeql.cli.report.RunPage.Answer;
import org.seeql.cli.report.RunPage.Run;

/**
 * The head of the page: which run it is, its state, its statement and its main figures.
 *
 * @param figures in large type
 * @param facts where and how the run was executed
 */
record HeadView(
    String title,
    String runId,
    StateView state,
    List<SqlHighlighter.Piece> sql,
    List<Figure> figures,
    List<Fact> facts) {

  /**
   * @param css the CSS class of the state
   * @param message the error, or that the run has not finished
   * @param command the command that resumes the run
   */
  record StateView(String css, String word, String message, String advice, String command) {}

  record Fact(String name, String value) {}

  record Figure(String value, String unit, String name, String note) {}

  /** The stage whose duration determines the rate in the page's head. */
  private static final String INFERENCE_STAGE = "infer";

  static HeadView of(RunPage page, ZoneId zone) {
    Run run = page.run();
    return new HeadView(
        page.evaluation()
            .map(evaluation -> run.model() + " on " + evaluation.criteria().dataset())
            .orElseGet(() -> title(page)),
        run.id(),
        state(run),
        SqlHighlighter.pieces(run.statement().strip()),
        figures(page),
        facts(run, zone));
  }

  private static String title(RunPage page) {
    Run run = page.run();
    return page.training()
        .flatMap(TrainingPage::stored)
        .map(trained -> trained.findings().get("trained"))
        // without the statement that shows the same as this page
        .map(trained -> trained.replaceFirst("; see .*", ""))
        .orElse(Wording.count(run.counts().images(), "image") + " through " + run.model());
  }

  private static StateView state(Run run) {
    String resume = "seeql run --resume " + run.id();
    return switch (run.state()) {
      case SUCCEEDED -> new StateView("succeeded", "succeeded", "", "", "");
      case FAILED ->
          new StateView(
              "failed",
              "failed",
              "The run failed: " + run.error().orElse("the cause is unknown"),
              "Committed partitions are kept. Resume the run with:",
              resume);
      case RUNNING ->
          new StateView(
              "running",
              "not finished",
              "The run had not finished when this page was written.",
              "The page shows the partitions that were committed by then. If the run has "
                  + "stopped, resume it with:",
              resume);
    };
  }

  private static List<Fact> facts(Run run, ZoneId zone) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Started", Wording.moment(run.period().started(), zone)));
    run.target().ifPresent(target -> facts.add(new Fact("Result", target)));
    run.imageRoot().ifPresent(root -> facts.add(new Fact("Images from", root)));
    run.environment().place().ifPresent(place -> facts.add(new Fact("Ran on", place)));
    run.environment().device().ifPresent(device -> facts.add(new Fact("Device", device)));
    run.environment().engine().ifPresent(engine -> facts.add(new Fact("Engine", engine)));
    run.environment()
        .batchSize()
        .ifPresent(size -> facts.add(new Fact("Batch size", Wording.count(size))));
    return List.copyOf(facts);
  }

  private static List<Figure> figures(RunPage page) {
    Run run = page.run();
    List<Figure> figures = new ArrayList<>();
    String selected =
        run.counts().done() + run.counts().failed() < run.counts().images()
            ? "of %s selected"
            : "%s selected";
    figures.add(
        new Figure(
            Wording.count(run.counts().done()),
            "",
            run.counts().done() == 1 ? "image" : "images",
            String.format(selected, Wording.count(run.counts().images()))));
    if (page.evaluation().isPresent()) {
      figures.addAll(measures(page.evaluation().get()));
    } else {
      figures.add(rate(page));
      if (page.training().isEmpty()) {
        figures.add(found(page));
      }
    }
    figures.add(
        new Figure(
            Wording.count(run.counts().failed()),
            "",
            "failed",
            Wording.percent(run.counts().failed(), run.counts().images()) + " of the images"));
    took(page)
        .ifPresent(
            time -> {
              String[] parts = Wording.duration(time).split(" ", 2);
              figures.add(new Figure(parts[0], parts[1], "in all", "from start to finish"));
            });
    return List.copyOf(figures);
  }

  /** The main measures of an evaluation. */
  private static List<Figure> measures(EvaluationPage evaluation) {
    if (evaluation.overall().isEmpty()) {
      return List.of();
    }
    EvaluationPage.Measures all = evaluation.overall().get();
    return switch (evaluation.criteria().task()) {
      case DETECT -> {
        String over = over(evaluation, EvaluationPage.Measures::ap);
        yield List.of(
            new Figure(EvaluationView.figure(all.ap50()), "", "mAP@0.5", over),
            new Figure(EvaluationView.figure(all.ap()), "", "mAP@[.5:.95]", over),
            mean(all.precision(), "precision"),
            mean(all.recall(), "recall"));
      }
      case CLASSIFY ->
          List.of(
              new Figure(
                  EvaluationView.figure(all.accuracy()), "", "accuracy", "of the best class"));
      case TAG ->
          List.of(
              new Figure(
                  EvaluationView.figure(all.f1()),
                  "",
                  "mean F1",
                  over(evaluation, EvaluationPage.Measures::f1)),
              mean(all.precision(), "precision"),
              mean(all.recall(), "recall"));
      case EMBED -> throw EvaluationView.vectors();
    };
  }

  private static Figure mean(OptionalDouble value, String name) {
    return new Figure(EvaluationView.figure(value), "", name, "mean of the classes");
  }

  /** The number of classes that have a measure. */
  private static String over(
      EvaluationPage evaluation, Function<EvaluationPage.Measures, OptionalDouble> measure) {
    long valued = evaluation.classes().stream().filter(c -> measure.apply(c).isPresent()).count();
    return "over " + Wording.count(valued, "class");
  }

  private static Figure rate(RunPage page) {
    return page.stages().stream()
        .filter(stage -> stage.name().equals(INFERENCE_STAGE))
        .findFirst()
        .map(stage -> Wording.rate(page.timedImages(), stage.duration()))
        .map(rate -> new Figure(rate, "img/s", "throughput", "while inferring"))
        .orElseGet(
            () -> {
              long images = page.run().counts().done() + page.run().counts().failed();
              String rate = Wording.rate(images, took(page).orElse(Duration.ZERO));
              return new Figure(rate, "img/s", "throughput", "over the whole run");
            });
  }

  private static Figure found(RunPage page) {
    boolean counted = page.findings().missing().isEmpty();
    if (page.findings().answer() != Answer.BOX) {
      int classes = page.findings().classes().size();
      return new Figure(
          counted ? Wording.count(classes) : "–",
          "",
          classes == 1 ? "class" : "classes",
          "in the result");
    }
    if (!counted) {
      return new Figure(
          Wording.count(page.run().counts().rows()),
          "",
          page.run().counts().rows() == 1 ? "row" : "rows",
          "written");
    }
    long detections = page.findings().count();
    return new Figure(
        Wording.count(detections),
        "",
        detections == 1 ? "detection" : "detections",
        "in " + Wording.count(page.findings().images(), "image"));
  }

  /**
   * The run is recorded only after planning, so its first stage may start before the recorded
   * start.
   */
  private static Optional<Duration> took(RunPage page) {
    Duration stages =
        page.stages().stream().map(RunPage.Stage::duration).reduce(Duration.ZERO, Duration::plus);
    return page.run()
        .period()
        .finished()
        .map(end -> Duration.between(page.run().period().started(), end))
        .map(time -> time.compareTo(stages) >= 0 ? time : stages);
  }
}

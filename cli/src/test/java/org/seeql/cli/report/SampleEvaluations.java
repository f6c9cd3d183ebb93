package org.seeql.cli.report;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.seeql.cli.report.EvaluationPage.Confusion;
import org.seeql.cli.report.EvaluationPage.Criteria;
import org.seeql.cli.report.EvaluationPage.Curve;
import org.seeql.cli.report.EvaluationPage.MatchMark;
import org.seeql.cli.report.EvaluationPage.MatchedPicture;
import org.seeql.cli.report.EvaluationPage.Matches;
import org.seeql.cli.report.EvaluationPage.Measures;
import org.seeql.cli.report.EvaluationPage.OutcomeCounts;
import org.seeql.cli.report.EvaluationPage.ScoreBin;
import org.seeql.cli.report.EvaluationPage.Timing;
import org.seeql.cli.report.RunPage.Box;
import org.seeql.cli.report.RunPage.Findings;
import org.seeql.cli.report.RunPage.Gallery;
import org.seeql.planner.plan.VisionTask;

/** Pages of evaluations with made-up content. */
final class SampleEvaluations {
  private SampleEvaluations() {}

  /**
   * An evaluation of two classes, of which the second has a name of the caller's choice.
   *
   * @param text a class, a data set and a file
   */
  static RunPage evaluation(String text) {
    return of(
        new EvaluationPage(
            new Criteria(VisionTask.DETECT, text, 0.25, 0.5),
            Optional.of(measures("(all)", 3, 0.75)),
            List.of(measures("dog", 2, 0.9), measures(text, 1, 0.6)),
            List.of(new Timing("cpu", "onnx", 4, 0.0125)),
            Optional.of(matches(text)),
            Optional.empty()));
  }

  /** An evaluation without matches. */
  static RunPage withoutMatches() {
    return of(
        new EvaluationPage(
            new Criteria(VisionTask.DETECT, "pets", 0.25, 0.5),
            Optional.of(measures("(all)", 3, 0.75)),
            List.of(measures("dog", 2, 0.9)),
            List.of(),
            Optional.empty(),
            Optional.of("This evaluation kept no matches.")));
  }

  /** An evaluation of a tagger. */
  static RunPage tagger() {
    return of(
        new EvaluationPage(
            new Criteria(VisionTask.TAG, "scenes", 0.25, 0.5),
            Optional.of(tags("(all)", 8, 0.7)),
            List.of(tags("beach", 5, 0.8), tags("street", 3, 0.6)),
            List.of(),
            Optional.empty(),
            Optional.empty()));
  }

  /** An evaluation of a classifier: three images, of which one has a wrong answer. */
  static EvaluationPage classifier() {
    return new EvaluationPage(
        new Criteria(VisionTask.CLASSIFY, "places", 0.25, 0.5),
        Optional.of(answers("(all)", 3, OptionalDouble.of(0.6875))),
        List.of(
            answers("beach", 2, OptionalDouble.empty()),
            answers("street", 1, OptionalDouble.empty())),
        List.of(),
        Optional.of(answers()),
        Optional.empty());
  }

  private static Measures answers(String name, long images, OptionalDouble accuracy) {
    return new Measures(
        name,
        images,
        images,
        accuracy,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.of(0.75),
        OptionalDouble.of(0.5),
        OptionalDouble.of(0.625),
        OptionalDouble.of(0.5),
        OptionalDouble.of(0.125));
  }

  private static Matches answers() {
    return new Matches(
        new OutcomeCounts(List.of(2L, 1L, 1L, 0L, 0L, 0L)),
        List.of(new Curve("beach", 2, Collections.nCopies(101, 0.5))),
        List.of(new ScoreBin(9, 3, 2, 0.95)),
        new Confusion(
            List.of("beach", "street"),
            List.of(List.of(1L, 1L, 0L), List.of(0L, 1L, 0L), List.of(0L, 0L, 0L))),
        List.of(wrongAnswer()),
        1);
  }

  private static MatchedPicture wrongAnswer() {
    return new MatchedPicture(
        "1",
        "sea.jpg",
        640,
        480,
        "AAAA",
        1,
        List.of(
            new MatchMark(
                MatchKind.WRONG_CLASS,
                Optional.of("street"),
                Optional.of("beach"),
                OptionalDouble.of(0.9),
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.empty())));
  }

  /** A comparison of two classifiers. */
  static ComparisonView classifiers() {
    EvaluationPage page = classifier();
    Comparison.Difference difference = new Comparison.Difference("1", "sea.jpg", 0, 1, 1, 0);
    Measures all = page.overall().orElseThrow();
    return ComparisonView.of(
        new Comparison(
            new Comparison.Side("r1", "scout@1"),
            new Comparison.Side("r2", "sentinel@1"),
            "places",
            VisionTask.CLASSIFY,
            pair(all, all),
            page.classes().stream().map(of -> pair(of, of)).toList(),
            Optional.of(new Comparison.Differences(List.of(difference), 1)),
            List.of()),
        List.of(new Comparison.PicturePair(difference, wrongAnswer(), wrongAnswer())),
        SamplePages.STARTED,
        ZoneId.of("UTC"));
  }

  private static Measures tags(String name, long images, double f1) {
    return new Measures(
        name,
        images,
        images,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.of(f1 - 0.125),
        OptionalDouble.of(f1 + 0.125),
        OptionalDouble.of(f1),
        OptionalDouble.of(f1 + 0.125),
        OptionalDouble.of(0.0625));
  }

  /** A comparison of two evaluations. */
  static ComparisonView comparison(String text) {
    Comparison comparison =
        new Comparison(
            new Comparison.Side("r1", "scout@1"),
            new Comparison.Side("r2", "sentinel@1"),
            text,
            VisionTask.DETECT,
            pair(measures("(all)", 3, 0.75), measures("(all)", 3, 0.8)),
            List.of(
                pair(measures("dog", 2, 0.9), measures("dog", 2, 0.7)),
                new Comparison.Pair<>(Optional.empty(), Optional.of(measures(text, 1, 0.6)))),
            Optional.of(
                new Comparison.Differences(
                    List.of(new Comparison.Difference("1", text, 0, 1, 2, 0)), 3)),
            List.of("The evaluations are of different images."));
    MatchedPicture picture = matches(text).images().get(0);
    return ComparisonView.of(
        comparison,
        List.of(
            new Comparison.PicturePair(
                comparison.images().orElseThrow().images().get(0), picture, picture)),
        SamplePages.STARTED,
        ZoneId.of("UTC"));
  }

  private static Comparison.Pair<Measures> pair(Measures a, Measures b) {
    return new Comparison.Pair<>(Optional.of(a), Optional.of(b));
  }

  static RunPage of(EvaluationPage evaluation) {
    RunPage page = SamplePages.detections();
    return new RunPage(
        page.run(),
        page.stages(),
        List.of(),
        5,
        Optional.empty(),
        Optional.of(evaluation),
        Optional.empty(),
        new Findings(RunPage.Answer.BOX, List.of(), 0, Optional.of("")),
        new Gallery(List.of(), 0),
        new RunPage.Failures(List.of(), List.of()),
        page.settings(),
        page.partitions());
  }

  private static Measures measures(String name, long objects, double value) {
    OptionalDouble measure = OptionalDouble.of(value);
    return new Measures(
        name,
        3,
        objects,
        OptionalDouble.empty(),
        measure,
        OptionalDouble.of(value / 2),
        measure,
        measure,
        OptionalDouble.empty(),
        measure,
        OptionalDouble.empty());
  }

  private static Matches matches(String text) {
    List<Double> curve = new ArrayList<>(Collections.nCopies(51, 1.0));
    curve.addAll(Collections.nCopies(50, 0.25));
    return new Matches(
        new OutcomeCounts(List.of(2L, 1L, 1L, 0L, 0L, 1L)),
        List.of(new Curve("dog", 2, curve), new Curve(text, 1, curve)),
        List.of(new ScoreBin(3, 4, 1, 0.35), new ScoreBin(9, 2, 2, 0.95)),
        new Confusion(
            List.of("dog", text),
            List.of(List.of(2L, 0L, 0L), List.of(1L, 0L, 0L), List.of(1L, 0L, 0L))),
        List.of(
            new MatchedPicture(
                "1",
                text,
                640,
                480,
                "AAAA",
                2,
                List.of(
                    mark(MatchKind.FOUND, "dog", "dog", 0.9),
                    mark(MatchKind.WRONG_CLASS, "dog", text, 0.8),
                    mark(MatchKind.BACKGROUND, text, null, 0.7),
                    new MatchMark(
                        MatchKind.MISSED,
                        Optional.empty(),
                        Optional.of(text),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        Optional.empty(),
                        Optional.of(new Box(400, 10, 600, 200)))))),
        1);
  }

  private static MatchMark mark(MatchKind kind, String predicted, String actual, double score) {
    return new MatchMark(
        kind,
        Optional.of(predicted),
        Optional.ofNullable(actual),
        OptionalDouble.of(score),
        actual == null ? OptionalDouble.empty() : OptionalDouble.of(0.75),
        Optional.of(new Box(10, 100, 200, 300)),
        actual == null ? Optional.empty() : Optional.of(new Box(20, 100, 210, 300)));
  }
}

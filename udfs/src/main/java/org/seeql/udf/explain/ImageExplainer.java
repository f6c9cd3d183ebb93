package org.seeql.udf.explain;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.seeql.udf.batch.CloseableIterator;
import org.seeql.udf.batch.ImageResult;
import org.seeql.udf.batch.ImageSource;
import org.seeql.udf.batch.InferencePipeline;
import org.seeql.udf.batch.PipelineOptions;
import org.seeql.udf.batch.Prediction;
import org.seeql.udf.batch.StageTimes;
import org.seeql.udf.detect.ClassScore;
import org.seeql.udf.image.Letterbox;
import org.seeql.udf.image.MaskableInput;
import org.seeql.udf.layout.TaggingLayout;
import org.seeql.udf.model.ModelDescription;

/**
 * Explains answers of a model by hiding parts of an image. The model is a black box: only its
 * answers are used. An image is decoded once, and its masked forms run in the pipeline's batches.
 * All answers about an image share its masks. For one thread; does not close the pipeline.
 */
public final class ImageExplainer {
  /** After each of these numbers of masks, both halves are compared. */
  private static final int CHECKED_MASKS = 100;

  private static final int LEAST_MASKS = 2 * CHECKED_MASKS;

  /** The correlation of both halves of the masks from which no further masks are used. */
  private static final double ENOUGH_AGREEMENT = 0.95;

  /** A proposal with a lower score cannot have a larger weight than this. */
  private static final double LEAST_PROPOSAL = 0.01;

  private final InferencePipeline pipeline;
  private final PipelineOptions options;
  private final SaliencyOptions explain;
  private final StageTimes times;

  /**
   * Creates an explainer.
   *
   * @param options of the run without masks; its minimum score determines what is explained
   * @param times counts images, and the time of all model calls
   */
  public ImageExplainer(
      InferencePipeline pipeline,
      PipelineOptions options,
      SaliencyOptions explain,
      StageTimes times) {
    this.pipeline = requireNonNull(pipeline, "pipeline is null");
    this.options = requireNonNull(options, "options is null");
    this.explain = requireNonNull(explain, "explain is null");
    this.times = requireNonNull(times, "times is null");
  }

  /**
   * The largest number of model calls for an image with one explained answer, without the first
   * call, which has no mask.
   */
  public static int mostMasks(SaliencyOptions explain) {
    int masks =
        explain.method() == SaliencyMethod.OCCLUSION
            ? OcclusionWindows.count(explain.window(), explain.stride())
            : explain.masks();
    return masks + (explain.faithfulness() ? 2 * (Faithfulness.STEPS + 1) : 0);
  }

  /**
   * The number of windows of occlusion.
   *
   * @param window its side, as a share of the image's side
   * @param stride the distance between windows, as a share of the image's side
   */
  public static int windows(double window, double stride) {
    return OcclusionWindows.count(window, stride);
  }

  /**
   * Explains the answers about an image, best first.
   *
   * @param id of the image, which determines its random masks
   * @throws org.seeql.udf.InferenceException if the model fails
   */
  public ExplainedImage explain(ImageSource source, String id) {
    try (KeptImage image = new KeptImage(source)) {
      Prediction prediction = predict(image);
      if (prediction.failure().isPresent()) {
        return new ExplainedImage(prediction, 0, 0, List.of());
      }
      List<ExplainedAnswer> answers = answers(prediction);
      Letterbox place = image.input().letterbox();
      return new ExplainedImage(
          prediction,
          place.imageWidth(),
          place.imageHeight(),
          answers.isEmpty()
              ? List.of()
              : new OneImage(image.input(), source.row()).of(answers, id));
    } catch (MaskedImageException e) {
      return new ExplainedImage(e.failure, 0, 0, List.of());
    }
  }

  /**
   * The deletion of {@link Faithfulness} for an answer about an image, with another order of the
   * cells of its map.
   */
  double deletion(ImageSource source, ExplainedAnswer answer, int... order) {
    try (KeptImage image = new KeptImage(source)) {
      predict(image);
      return new OneImage(image.input(), source.row()).deletion(answer, order);
    }
  }

  private static Prediction answer(ImageResult<MaskedImage> result) {
    result
        .prediction()
        .failure()
        .ifPresent(
            failure -> {
              throw new MaskedImageException(failure);
            });
    return result.prediction();
  }

  /** The model returned no answer about a masked image. */
  private static final class MaskedImageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Prediction.Failure failure;

    MaskedImageException(Prediction.Failure failure) {
      super(failure.reason());
      this.failure = failure;
    }
  }

  private Prediction predict(KeptImage image) {
    PipelineOptions unmasked = options.withBoxesOnly().withTopClasses(labels());
    if (model().layout() instanceof TaggingLayout && !explain.labels().isEmpty()) {
      unmasked = unmasked.withConfidence(0);
    }
    try (CloseableIterator<ImageResult<KeptImage>> results =
        pipeline.runForProposals(List.of(image).iterator(), unmasked, times)) {
      return results.next().prediction();
    }
  }

  private ModelDescription model() {
    return pipeline.model().description();
  }

  private int labels() {
    return Math.max(1, model().labels().size());
  }

  private List<ExplainedAnswer> answers(Prediction prediction) {
    if (prediction instanceof Prediction.Detections detections) {
      return detections.detections().stream()
          .filter(detection -> isWanted(detection.label()))
          .<ExplainedAnswer>map(ExplainedAnswer.Box::new)
          .toList();
    }
    if (prediction instanceof Prediction.Proposals proposals) {
      return proposals.proposals().stream()
          .filter(proposal -> isWanted(proposal.detection().label()))
          .<ExplainedAnswer>map(ExplainedAnswer.Proposed::new)
          .toList();
    }
    if (prediction instanceof Prediction.Tags tags) {
      return tags.scores().stream()
          .filter(score -> isWanted(score.label()))
          .map(ImageExplainer::wholeImage)
          .toList();
    }
    if (prediction instanceof Prediction.Classification classes) {
      return classes.scores().stream()
          .filter(score -> isWanted(score.label()))
          .limit(explain.labels().isEmpty() ? 1 : Long.MAX_VALUE)
          .map(ImageExplainer::wholeImage)
          .toList();
    }
    throw new IllegalArgumentException("a vector cannot be explained");
  }

  private boolean isWanted(String label) {
    return explain.labels().isEmpty() || explain.labels().contains(label);
  }

  private static ExplainedAnswer wholeImage(ClassScore score) {
    return new ExplainedAnswer.WholeImage(score.classId(), score.label(), score.score());
  }

  /** The masks and measurements of one image. */
  private final class OneImage {
    private final MaskableInput input;
    private final long row;
    private final View view;
    private final double[] across;
    private final double[] down;
    private int used;

    OneImage(MaskableInput input, long row) {
      this.input = input;
      this.row = row;
      view = View.of(input);
      across = view.cellsAcross(input.width());
      down = view.cellsDown(input.height());
    }

    List<Explanation> of(List<ExplainedAnswer> answers, String id) {
      List<SaliencySum> sums = answers.stream().map(answer -> new SaliencySum()).toList();
      boolean occludes = explain.method() == SaliencyMethod.OCCLUSION;
      if (occludes) {
        occlude(answers, sums);
      } else {
        mask(answers, sums, id);
      }
      List<Explanation> explanations = new ArrayList<>();
      for (int i = 0; i < sums.size(); i++) {
        SaliencyMap map = SaliencyMap.scaled(seen(sums.get(i).values(), occludes));
        explanations.add(
            explanation(
                answers.get(i),
                map,
                occludes ? OptionalDouble.empty() : OptionalDouble.of(sums.get(i).agreement())));
      }
      return explanations;
    }

    private Explanation explanation(
        ExplainedAnswer answer, SaliencyMap map, OptionalDouble stability) {
      return new Explanation(
          answer,
          map,
          used,
          stability,
          answer.energyInBox(map, input.letterbox().imageWidth(), input.letterbox().imageHeight()),
          explain.faithfulness()
              ? Optional.of(
                  new Faithfulness(insertion(answer, map.order()), deletion(answer, map.order())))
              : Optional.empty());
    }

    private void mask(List<ExplainedAnswer> answers, List<SaliencySum> sums, String id) {
      Iterator<Mask> masks = new GridMasks(explain, id, explain.masks());
      try (CloseableIterator<ImageResult<MaskedImage>> results = run(masks)) {
        while (results.hasNext()) {
          ImageResult<MaskedImage> result = results.next();
          float[] cells = cells(result.source().mask());
          // a mask and its complement are in the same half
          int half = used / 2 % 2;
          for (int i = 0; i < sums.size(); i++) {
            sums.get(i).add(half, cells, answers.get(i).weight(answer(result)));
          }
          used++;
          if (used >= LEAST_MASKS && used % CHECKED_MASKS == 0 && agree(sums)) {
            return;
          }
        }
      }
    }

    private boolean agree(List<SaliencySum> sums) {
      return sums.stream().allMatch(sum -> sum.agreement() >= ENOUGH_AGREEMENT);
    }

    /** Adds what the answer loses when a window is hidden, for each part of the window. */
    private void occlude(List<ExplainedAnswer> answers, List<SaliencySum> sums) {
      try (CloseableIterator<ImageResult<MaskedImage>> results =
          run(OcclusionWindows.of(explain).iterator())) {
        while (results.hasNext()) {
          ImageResult<MaskedImage> result = results.next();
          float[] hidden = cells(result.source().mask());
          for (int cell = 0; cell < hidden.length; cell++) {
            hidden[cell] = 1 - hidden[cell];
          }
          for (int i = 0; i < sums.size(); i++) {
            ExplainedAnswer answer = answers.get(i);
            sums.get(i).add(0, hidden, answer.wholeWeight() - answer.weight(answer(result)));
          }
          used++;
        }
      }
    }

    private float[] cells(Mask mask) {
      return mask.at(across, down, input.width(), input.height());
    }

    /**
     * What the model does not see gets the least value. A window whose absence improves an answer
     * does not contribute to it.
     */
    private double[] seen(double[] values, boolean onlyPositive) {
      double least =
          onlyPositive
              ? 0
              : IntStream.range(0, values.length)
                  .filter(view::sees)
                  .mapToDouble(cell -> values[cell])
                  .min()
                  .orElse(0);
      double[] seen = new double[values.length];
      for (int cell = 0; cell < values.length; cell++) {
        seen[cell] = view.sees(cell) ? Math.max(least, values[cell]) : least;
      }
      return seen;
    }

    double deletion(ExplainedAnswer answer, int... order) {
      List<Mask> masks = new ArrayList<>();
      for (int step = 0; step <= Faithfulness.STEPS; step++) {
        BitSet visible = first(order, step);
        visible.flip(0, SaliencyMap.CELLS);
        masks.add(new RegionMask.Cells(view, visible));
      }
      return area(answer, masks);
    }

    double insertion(ExplainedAnswer answer, int... order) {
      List<Mask> masks = new ArrayList<>();
      for (int step = 0; step <= Faithfulness.STEPS; step++) {
        masks.add(new RegionMask.Cells(view, first(order, step)));
      }
      return area(answer, masks);
    }

    private BitSet first(int[] order, int step) {
      BitSet cells = new BitSet(SaliencyMap.CELLS);
      for (int i = 0; i < order.length * step / Faithfulness.STEPS; i++) {
        cells.set(order[i]);
      }
      return cells;
    }

    private double area(ExplainedAnswer answer, List<Mask> masks) {
      double[] weights = new double[masks.size()];
      try (CloseableIterator<ImageResult<MaskedImage>> results = run(masks.iterator())) {
        for (int i = 0; results.hasNext(); i++) {
          weights[i] = answer.weight(answer(results.next()));
        }
      }
      return Faithfulness.area(weights);
    }

    private CloseableIterator<ImageResult<MaskedImage>> run(Iterator<Mask> masks) {
      Iterator<MaskedImage> images =
          new Iterator<>() {
            @Override
            public boolean hasNext() {
              return masks.hasNext();
            }

            @Override
            public MaskedImage next() {
              return new MaskedImage(input, masks.next(), row);
            }
          };
      PipelineOptions masked =
          options
              .withBoxesOnly()
              .withTopClasses(labels())
              .withMaxDetections(
                  Math.max(options.maxDetections(), PipelineOptions.DEFAULT.maxDetections()))
              .withConfidence(
                  model().layout() instanceof TaggingLayout
                      ? 0
                      : Math.min(LEAST_PROPOSAL, options.confidence()));
      return pipeline.runForProposals(images, masked, times);
    }
  }
}

package org.seeql.planner.option;

import static org.seeql.planner.option.AnswerKind.CLASSIFICATION;
import static org.seeql.planner.option.AnswerKind.DETECTION;
import static org.seeql.planner.option.AnswerKind.EMBEDDING;
import static org.seeql.planner.option.AnswerKind.SEARCH;
import static org.seeql.planner.option.AnswerKind.TAGGING;
import static org.seeql.planner.option.OptionScope.AUTO;
import static org.seeql.planner.option.OptionScope.CLASSIFY_FUNCTION;
import static org.seeql.planner.option.OptionScope.COMMAND_LINE;
import static org.seeql.planner.option.OptionScope.DETECT_FUNCTION;
import static org.seeql.planner.option.OptionScope.EMBED_FUNCTION;
import static org.seeql.planner.option.OptionScope.EVALUATE;
import static org.seeql.planner.option.OptionScope.EXPLAIN;
import static org.seeql.planner.option.OptionScope.FIND;
import static org.seeql.planner.option.OptionScope.RUN;
import static org.seeql.planner.option.OptionScope.TAG_FUNCTION;
import static org.seeql.planner.option.OptionScope.TRAIN;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.seeql.planner.optimizer.Measure;
import org.seeql.planner.optimizer.Strategy;

/**
 * All options of statements and of SQL functions. Parsing, {@code --help}, the tables of options in
 * {@code docs/language.md}, Spark's settings and the fingerprint of a request are derived from it.
 *
 * <p>Texts are Markdown with links from {@code docs/language.md}. {@code --help} shows them without
 * links.
 */
public final class OptionTable {
  private static final List<OptionDefinition<?>> ALL = new ArrayList<>();

  private static final int MAX_PARTITIONS = 100_000;
  private static final int DEFAULT_SAMPLE = 400;
  // the size of a profile's sample; the answers of the sample are sent to all tasks
  private static final int MAX_SAMPLE = 10_000;
  private static final int MAX_MASKS = 100_000;
  private static final int DEFAULT_MASKS = 1_000;
  private static final int SIDE_OF_MAP = 64;
  private static final int DEFAULT_EXPLAINED = 100;
  // three bytes per pixel when decoded: 300 MB
  private static final long DEFAULT_MAX_PIXELS = 100_000_000;

  // How images are selected, and where results are written

  public static final OptionDefinition<String> IMAGE_DIR =
      define("image_dir", OptionType.place("folder or URI"))
          .aliases("image_root")
          .label("DIR")
          .otherwise("the [image root](#image-roots) of the tables")
          .in(
              RUN,
              EXPLAIN,
              EVALUATE,
              FIND,
              TRAIN,
              COMMAND_LINE,
              DETECT_FUNCTION,
              CLASSIFY_FUNCTION,
              TAG_FUNCTION,
              EMBED_FUNCTION)
          .means("the folder from which relative image paths start")
          // the fingerprint contains the image root, which may come from elsewhere
          .changesNoAnswers();

  public static final OptionDefinition<String> PATH_COLUMN =
      define("path_column", OptionType.text("column"))
          .label("COLUMN")
          .otherwise("`path`, or else `file_name`")
          .in(RUN, EXPLAIN, EVALUATE, FIND, TRAIN, COMMAND_LINE)
          .means("the column with the path of an image")
          .changesNoAnswers();

  public static final OptionDefinition<String> ID_COLUMN =
      define("id_column", OptionType.text("column"))
          .label("COLUMN")
          .otherwise("`image_id`, or else `id`, or else the primary key")
          .in(RUN, EXPLAIN, EVALUATE, FIND, TRAIN, COMMAND_LINE)
          .means("the column that identifies an image")
          .changesNoAnswers();

  public static final OptionDefinition<Integer> PARTITIONS =
      define("partitions", OptionType.countTo(MAX_PARTITIONS))
          .label("N")
          .otherwise("depends on rows and cores")
          .in(RUN, EXPLAIN, EVALUATE, FIND, TRAIN, COMMAND_LINE)
          .means("the number of tasks into which the selection is split")
          .changesNoAnswers();

  public static final OptionDefinition<OptionalInt> BATCH_SIZE =
      define("batch_size", OptionType.countOrAuto())
          .label("N")
          .byDefault(OptionalInt.empty())
          .in(
              RUN,
              EXPLAIN,
              FIND,
              TRAIN,
              COMMAND_LINE,
              DETECT_FUNCTION,
              CLASSIFY_FUNCTION,
              TAG_FUNCTION,
              EMBED_FUNCTION)
          .means("the maximum number of images in one model call")
          .meansIn(
              EVALUATE,
              "the batch size that is timed. With `auto`, the sizes 1, 2, 4 and so on are timed, up"
                  + " to the size that was best in the run")
          .changesNoAnswers();

  public static final OptionDefinition<Boolean> EXACT_BATCH =
      define("exact_batch", OptionType.flag())
          .label("BOOLEAN")
          .byDefault(false)
          .notStoredIfDefault()
          .in(RUN, COMMAND_LINE)
          .means(
              "with a number as `batch_size`: each model call has exactly this number of images, for"
                  + " measurements. A call has fewer images only at the end of a partition, if images"
                  + " cannot be decoded, if no image arrives for a second, or if the memory of the"
                  + " device does not suffice. A model with a fixed batch size keeps it")
          .changesNoAnswers();

  public static final OptionDefinition<DeviceChoice> DEVICE =
      define("device", OptionType.choice(DeviceChoice.class))
          .label("DEVICE")
          .byDefault(DeviceChoice.AUTO)
          .in(
              RUN,
              EXPLAIN,
              EVALUATE,
              FIND,
              TRAIN,
              COMMAND_LINE,
              DETECT_FUNCTION,
              CLASSIFY_FUNCTION,
              TAG_FUNCTION,
              EMBED_FUNCTION)
          .means(
              "the device that runs the model. `auto` uses a GPU if there is one. `gpu` never falls"
                  + " back to the CPU")
          .changesNoAnswers();

  public static final OptionDefinition<WriteMode> MODE =
      define("mode", OptionType.choice(WriteMode.class, Map.of("replace", WriteMode.OVERWRITE)))
          .aliases("write_mode")
          .label("MODE")
          .otherwise("a table that a run of SeeQL wrote is replaced, any other table is refused")
          .in(RUN, EXPLAIN, EVALUATE, FIND, COMMAND_LINE)
          .means("the [write mode](#write-modes): what happens to an existing target")
          .changesNoAnswers();

  public static final OptionDefinition<ResultShape> RESULT =
      define("result", OptionType.choice(ResultShape.class))
          .label("SHAPE")
          .byDefault(ResultShape.LONG)
          .in(RUN, COMMAND_LINE)
          .means(
              "the [shape](#results) of the result. `long` has one row per detection, class or vector,"
                  + " `wide` one row per image and one column per class, `image` one row per image"
                  + " with JSON. TO PREDICT has its own shape")
          .changesNoAnswers();

  // Answers

  public static final OptionDefinition<Double> CONFIDENCE =
      define("confidence", OptionType.fraction())
          .label("SCORE")
          // YOLOv5's own default (AutoShape.conf)
          .byDefault(0.25)
          .in(RUN, EXPLAIN, COMMAND_LINE, DETECT_FUNCTION, TAG_FUNCTION)
          .means("the minimum score of the detections in the result, or of the classes of a tagger")
          .meansIn(
              EVALUATE,
              "the minimum score of a detection or tag that counts. It applies to all measures"
                  + " except average precision")
          .meansIn(
              EXPLAIN,
              "the minimum score of the detections that are explained, or of the classes of a tagger")
          .meansIn(
              TRAIN,
              "for a tagger: the minimum score of a tag that counts in the measures of the holdout")
          // the fingerprint of a search contains the threshold of each model
          .changesAnswersOf(DETECTION, TAGGING);

  public static final OptionDefinition<Double> IOU =
      define("iou", OptionType.fraction())
          .label("IOU")
          // YOLOv5's own default (AutoShape.iou)
          .byDefault(0.45)
          .in(RUN, EXPLAIN, COMMAND_LINE, DETECT_FUNCTION)
          .means(
              "if the overlap of two boxes of one class exceeds this value, the box with the lower"
                  + " score is dropped")
          .meansIn(
              EVALUATE,
              "as in all statements: if the overlap of two boxes exceeds this value, the box with"
                  + " the lower score is dropped")
          .changesAnswersOf(DETECTION, SEARCH);

  public static final OptionDefinition<Integer> MAX_DETECTIONS =
      define("max_detections", OptionType.count())
          .label("N")
          // as in YOLOv5's validation
          .byDefault(300)
          .in(RUN, EXPLAIN, EVALUATE, FIND, COMMAND_LINE, DETECT_FUNCTION)
          .means("the maximum number of detections per image")
          .changesAnswersOf(DETECTION, SEARCH);

  public static final OptionDefinition<Integer> TOP_K =
      define("top_k", OptionType.count())
          .label("N")
          .byDefault(1)
          .in(RUN, COMMAND_LINE, CLASSIFY_FUNCTION)
          .means("the number of classes that a classifier returns, in descending order of score")
          .changesAnswersOf(CLASSIFICATION);

  public static final OptionDefinition<Boolean> L2_NORMALIZE =
      define("l2_normalize", OptionType.flag())
          .label("BOOLEAN")
          .byDefault(false)
          .notStoredIfDefault()
          .in(RUN, COMMAND_LINE, EMBED_FUNCTION)
          .means(
              "divide each vector of an embedding by its Euclidean length, so that a dot product is"
                  + " the cosine similarity")
          .changesAnswersOf(EMBEDDING);

  public static final OptionDefinition<FailureLimit> MAX_FAILED_IMAGES =
      define("max_failed_images", OptionType.failureLimit())
          .label("LIMIT")
          .byDefault(new FailureLimit.Percentage(10))
          .in(RUN, EXPLAIN, EVALUATE, FIND, TRAIN, COMMAND_LINE)
          .means(
              "the number of images, or the share of all selected images, that can fail before the"
                  + " run fails")
          .changesNoAnswers();

  public static final OptionDefinition<Boolean> EXIF_ROTATION =
      define("exif_rotation", OptionType.flag())
          .label("BOOLEAN")
          .byDefault(true)
          .in(
              RUN,
              EXPLAIN,
              EVALUATE,
              FIND,
              TRAIN,
              COMMAND_LINE,
              DETECT_FUNCTION,
              CLASSIFY_FUNCTION,
              TAG_FUNCTION,
              EMBED_FUNCTION)
          .means("rotate an image according to its EXIF orientation")
          .changesAllAnswers();

  public static final OptionDefinition<Long> MAX_PIXELS =
      define("max_pixels", OptionType.largeCount())
          .label("N")
          .byDefault(DEFAULT_MAX_PIXELS)
          .in(
              RUN,
              EXPLAIN,
              EVALUATE,
              FIND,
              TRAIN,
              COMMAND_LINE,
              DETECT_FUNCTION,
              CLASSIFY_FUNCTION,
              TAG_FUNCTION,
              EMBED_FUNCTION)
          .means("an image with more pixels is not decoded and fails")
          .changesNoAnswers();

  public static final OptionDefinition<Boolean> ONLY_NEW =
      define("only_new", OptionType.flag())
          .label("BOOLEAN")
          .byDefault(false)
          .in(RUN, EXPLAIN, FIND, COMMAND_LINE)
          .means(
              "with `mode = append`: infer only the images that the target [does not have"
                  + " yet](#only-what-is-new)")
          .changesNoAnswers();

  public static final OptionDefinition<Integer> MAX_ATTEMPTS =
      define("max_attempts", OptionType.count())
          .label("N")
          .byDefault(3)
          .in(RUN, EXPLAIN, FIND, COMMAND_LINE)
          .means(
              "with `only_new`: the number of runs in which an image can fail with the same file"
                  + " before it [is skipped](#only-what-is-new)")
          .changesNoAnswers();

  public static final OptionDefinition<String> DATASET =
      define("dataset", OptionType.text("database"))
          .in(RUN)
          .means("the database of a target without a database, if it exists")
          .changesNoAnswers();

  public static final OptionDefinition<String> REPOSITORY =
      define("repository", OptionType.text("text"))
          .in(RUN)
          .means("recorded, not used otherwise")
          .changesNoAnswers();

  // Section 4.4.1 of the thesis: one model that represents many

  public static final OptionDefinition<Duration> LATENCY =
      define("latency", OptionType.duration())
          .in(RUN)
          .means("the minimum time of the model per image. A faster model waits")
          .changesNoAnswers();

  public static final OptionDefinition<Double> ACCURACY =
      define("accuracy", OptionType.fraction())
          .otherwise("1")
          .in(RUN)
          .means(
              "the probability that a prediction keeps its class. Otherwise it gets a wrong class."
                  + " The same image gets the same answer in every run")
          .changesAllAnswers();

  public static final OptionDefinition<Set<Integer>> CLASS_COVERAGE =
      define("class_coverage", OptionType.ids())
          .otherwise("all")
          .in(RUN)
          .means("only these classes are returned")
          .changesAllAnswers();

  // TO EVALUATE

  public static final OptionDefinition<Double> MATCH_IOU =
      define("match_iou", OptionType.fraction())
          .byDefault(0.5)
          .in(EVALUATE)
          .means(
              "the minimum overlap with an object for a detection to be correct, for"
                  + " `object_precision` and `object_recall`")
          .changesNoAnswers();

  public static final OptionDefinition<String> EVALUATED_DATASET =
      define("dataset", OptionType.text("text"))
          .otherwise(
              "the first table of the SELECT. If a column `split` has exactly one value, `/split`"
                  + " with that value is appended")
          .in(EVALUATE)
          .means("the name of the labelled images in the profile")
          .changesNoAnswers();

  public static final OptionDefinition<Boolean> KEEP_MATCHES =
      define("keep_matches", OptionType.flag())
          .byDefault(false)
          .in(EVALUATE)
          .means(
              "also write a [table of matches](#matches): one row for each detection and each object")
          .changesNoAnswers();

  // TO EXPLAIN. The fingerprint of an explanation contains all of these options.

  public static final OptionDefinition<String> EXPLAINED_LABEL =
      define("label", OptionType.text("a class"))
          .otherwise(
              "all detections or tags of the model, or the most probable class of a classifier")
          .in(EXPLAIN)
          .means("the class whose answers are explained")
          .changesNoAnswers();

  public static final OptionDefinition<Integer> MASKS =
      define("masks", OptionType.countTo(MAX_MASKS))
          .byDefault(DEFAULT_MASKS)
          .in(EXPLAIN)
          .means(
              "the maximum number of random masks for each image. Fewer are used if the maps of both"
                  + " halves of the masks agree (correlation of at least 0.95)")
          .changesNoAnswers();

  public static final OptionDefinition<Integer> GRID =
      define("grid", OptionType.countTo(SIDE_OF_MAP))
          .otherwise("16 with `drise`, 7 with `rise`")
          .in(EXPLAIN)
          .means("the number of cells of a random mask along each side")
          .changesNoAnswers();

  public static final OptionDefinition<Double> PROBABILITY =
      define("probability", OptionType.openFraction())
          .byDefault(0.5)
          .in(EXPLAIN)
          .means(
              "the probability that a cell is visible in the first mask of each pair. The second mask is its complement")
          .changesNoAnswers();

  public static final OptionDefinition<Double> WINDOW =
      define("window", OptionType.openFraction())
          .byDefault(0.2)
          .in(EXPLAIN)
          .means("with `occlusion`: the side of the window, as a share of the image's side")
          .changesNoAnswers();

  public static final OptionDefinition<Double> STRIDE =
      define("stride", OptionType.openFraction())
          .byDefault(0.1)
          .in(EXPLAIN)
          .means("with `occlusion`: the step of the window, as a share of the image's side")
          .changesNoAnswers();

  public static final OptionDefinition<Boolean> FAITHFULNESS =
      define("faithfulness", OptionType.flag())
          .byDefault(false)
          .in(EXPLAIN)
          .means(
              "also measure `insertion_auc` and `deletion_auc`, with 66 more model calls for each row")
          .changesNoAnswers();

  public static final OptionDefinition<Integer> MAX_IMAGES =
      define("max_images", OptionType.count())
          .byDefault(DEFAULT_EXPLAINED)
          .in(EXPLAIN)
          .means("a statement that selects more images is refused")
          .changesNoAnswers();

  // The choice of models. The fingerprint of a search contains the models that were chosen.

  public static final OptionDefinition<List<String>> CLASSES =
      define("classes", OptionType.names())
          .otherwise("required")
          .in(AUTO)
          .means("the classes that the model must be able to answer")
          .changesNoAnswers();

  public static final OptionDefinition<Double> MIN_ACCURACY =
      define("min_accuracy", OptionType.fraction())
          .in(AUTO, FIND)
          .means("the minimum probability that the answer for an image is correct")
          .changesNoAnswers();

  public static final OptionDefinition<Double> MIN_PRECISION =
      define("min_precision", OptionType.fraction())
          .in(FIND)
          .means("the minimum precision: the share of returned images that match")
          .changesNoAnswers();

  public static final OptionDefinition<Double> MIN_RECALL =
      define("min_recall", OptionType.fraction())
          .in(FIND)
          .means("the minimum recall: the share of matching images that are returned")
          .changesNoAnswers();

  public static final OptionDefinition<Double> MIN_F1 =
      define("min_f1", OptionType.fraction())
          .in(FIND)
          .means("the minimum F1: the harmonic mean of precision and recall")
          .changesNoAnswers();

  public static final OptionDefinition<Double> MAX_COST_MS =
      define("max_cost_ms", OptionType.cost())
          .in(AUTO, FIND)
          .means(
              "the maximum average cost of the models per image, according to the profiles."
                  + " Decoding is not included")
          .changesNoAnswers();

  public static final OptionDefinition<Measure> MAXIMIZE =
      define("maximize", OptionType.choice(Measure.class))
          .byDefault(Measure.ACCURACY)
          .in(FIND)
          .means("the measure to maximize if no `min_…` is set")
          .changesNoAnswers();

  public static final OptionDefinition<Strategy> STRATEGY =
      define("strategy", OptionType.choice(Strategy.class))
          .otherwise(
              "`cascade` if quality has a bound, all models to choose from have scores, and a certified"
                  + " cascade costs no more than the plan of `optimal`; otherwise `optimal`")
          .in(FIND)
          .means("the [strategy](planning.md#plans) of the search for plans")
          .changesNoAnswers();

  public static final OptionDefinition<Double> CONFIDENCE_LEVEL =
      define("confidence_level", OptionType.openFraction())
          .in(FIND)
          .means(
              "quality bounds apply to the lower end of the confidence interval of this level. With"
                  + " `strategy = 'cascade'`, the level of the certified limits; then the default is 0.95")
          .changesNoAnswers();

  public static final OptionDefinition<String> REFERENCE =
      define("reference", OptionType.text("a name"))
          .in(FIND)
          .means(
              "the model whose answers count as the truth. Quality bounds then apply to the answers"
                  + " of the run compared with this model, and no profile is needed: see"
                  + " [reference mode](planning.md#reference)")
          .changesNoAnswers();

  public static final OptionDefinition<Integer> SAMPLE_SIZE =
      define("sample_size", OptionType.countTo(MAX_SAMPLE))
          .byDefault(DEFAULT_SAMPLE)
          .in(FIND)
          .means(
              "the number of random images on which `reference` and all candidates run, to choose"
                  + " and certify a plan")
          .changesNoAnswers();

  public static final OptionDefinition<Integer> AUDIT =
      define("audit", OptionType.countTo(MAX_SAMPLE))
          .in(FIND)
          .means(
              "the number of random images of the run on which `reference`, or else the most accurate"
                  + " model for each class, runs too. The run reports whether its bounds hold on them:"
                  + " see [audits](planning.md#audits)")
          .changesNoAnswers();

  public static final OptionDefinition<List<String>> ONLY_MODELS =
      define("only_models", OptionType.names())
          .byDefault(List.of(), "all")
          .in(AUTO, FIND)
          .means("the only models that can be chosen")
          .changesNoAnswers();

  public static final OptionDefinition<List<String>> EXCLUDE_MODELS =
      define("exclude_models", OptionType.names())
          .byDefault(List.of(), "none")
          .in(AUTO, FIND)
          .means("models that cannot be chosen")
          .changesNoAnswers();

  public static final OptionDefinition<String> PROFILE_DATASET =
      define("dataset", OptionType.text("a name"))
          .otherwise(
              "the data set on which most models were evaluated. If there are several, the one with"
                  + " the latest profile")
          .in(AUTO, FIND)
          .means("the data set whose profiles are used. The summary of a run reports it")
          .changesNoAnswers();

  public static final OptionDefinition<Double> FIND_CONFIDENCE =
      define("confidence", OptionType.fraction())
          .otherwise("that of each model's profile")
          .in(FIND)
          .means(
              "the minimum score for a class to be present. If the value differs from that of a"
                  + " profile, the estimates may be inaccurate")
          .changesNoAnswers();

  public static final OptionDefinition<Double> FIND_IOU =
      define("iou", OptionType.fraction())
          .otherwise("the smallest of the profiles")
          .in(FIND)
          .means(
              "the overlap above which the box with the lower score is dropped. If the value"
                  + " differs from that of a profile, the estimates may be inaccurate")
          .changesNoAnswers();

  public static final OptionDefinition<Duration> PLANNING_TIMEOUT =
      define("planning_timeout", OptionType.duration())
          .in(FIND)
          .means(
              "when it expires, the best plan found so far is used. This plan is not `exact`, but"
                  + " has a gap")
          .changesNoAnswers();

  public static final OptionDefinition<Boolean> KEEP_ALL =
      define("keep_all", OptionType.flag())
          .byDefault(false)
          .in(FIND)
          .means("include images that do not match")
          .changesNoAnswers();

  // TO TRAIN

  public static final OptionDefinition<String> BACKBONE =
      define("backbone", OptionType.text("a name"))
          .otherwise("required")
          .in(TRAIN)
          .means("the registered ONNX model that computes the features of an image")
          .changesNoAnswers();

  public static final OptionDefinition<String> LAYER =
      define("layer", OptionType.text("a name"))
          .otherwise(
              "a classifier's input of its last layer, the vector of an embedder, the [deepest"
                  + " feature map](#to-train) of a detector")
          .in(TRAIN)
          .means("the tensor of the backbone that is the feature")
          .changesNoAnswers();

  public static final OptionDefinition<Double> HOLDOUT =
      define("holdout", OptionType.openFraction())
          .byDefault(0.2)
          .in(TRAIN)
          .means(
              "the share of images that training does not use and on which the model is measured."
                  + " A [column `split`](#to-train) takes precedence")
          .changesNoAnswers();

  public static final OptionDefinition<Long> SEED =
      define("seed", OptionType.largeCount())
          .byDefault(1L)
          .in(EXPLAIN, TRAIN)
          .means("another value gives another split of the images")
          .meansIn(EXPLAIN, "together with the id of an image, it determines the random masks")
          .changesNoAnswers();

  public static final OptionDefinition<List<String>> TRAINED_CLASSES =
      define("classes", OptionType.names())
          .byDefault(List.of(), "all labels")
          .in(TRAIN)
          .means(
              "the classes of the model. A classifier ignores images with other labels, a tagger"
                  + " ignores other labels")
          .changesNoAnswers();

  public static final OptionDefinition<String> TRAINED_DATASET =
      define("dataset", OptionType.text("text"))
          .otherwise("the first table of the SELECT, followed by `/holdout`")
          .in(TRAIN)
          .means("the name of the holdout in the profile")
          .changesNoAnswers();

  // SQL functions

  public static final OptionDefinition<String> FUNCTION_MODEL =
      define("model", OptionType.text("a name or a file"))
          .otherwise("required")
          .in(DETECT_FUNCTION, CLASSIFY_FUNCTION, TAG_FUNCTION, EMBED_FUNCTION)
          .means("the name of a registered model, or a file (`….onnx`, `….torchscript`)")
          .changesNoAnswers();

  public static final OptionDefinition<String> ON_FAILURE =
      define("on_failure", OptionType.words("keep", "fail"))
          .byDefault("keep")
          .in(DETECT_FUNCTION, CLASSIFY_FUNCTION, TAG_FUNCTION, EMBED_FUNCTION)
          .means(
              "the result for a file that cannot be read or decoded: `keep` returns NULL, `fail`"
                  + " fails the query")
          .changesNoAnswers();

  private OptionTable() {}

  /** The options that can be set in a scope. */
  public static OptionList of(OptionScope scope) {
    return new OptionList(ALL.stream().filter(definition -> definition.isIn(scope)).toList());
  }

  /** Every option of the table. */
  static List<OptionDefinition<?>> all() {
    return List.copyOf(ALL);
  }

  /** The name of the option that has this alias; else the argument. */
  static String canonicalName(String name) {
    for (OptionDefinition<?> definition : ALL) {
      if (definition.aliases().contains(name)) {
        return definition.name();
      }
    }
    return name;
  }

  private static <T> OptionDefinition.Builder<T> define(String name, OptionType<T> type) {
    return new OptionDefinition.Builder<>(ALL::add, name, type);
  }
}

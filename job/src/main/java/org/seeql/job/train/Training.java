package org.seeql.job.train;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.seeql.database.RefusalException;
import org.seeql.database.StoredJson;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.RunRecord;
import org.seeql.job.evaluate.ModelTimings;
import org.seeql.job.evaluate.TrainedProfile;
import org.seeql.job.model.ModelRepository;
import org.seeql.job.model.RegisteredModel;
import org.seeql.job.train.TrainingImages.TrainingImage;
import org.seeql.planner.plan.Estimator;
import org.seeql.planner.plan.EvaluationOptions;
import org.seeql.planner.plan.TrainOptions;
import org.seeql.udf.layout.Activation;
import org.seeql.udf.layout.OutputLayouts;
import org.seeql.udf.model.Engine;
import org.seeql.udf.model.ModelDescription;
import org.seeql.udf.model.ModelFile;
import org.seeql.udf.train.HeadFit;
import org.seeql.udf.train.ImageSplit.Part;
import org.seeql.udf.train.LinearHead;

/**
 * The steps of a training after a run has computed the features: fit, test, measure, register. A
 * driver that resumes the run may repeat each step but the last. For one thread.
 */
public final class Training {
  /** The option of a registered model that names the run of its training. */
  private static final String ORIGIN = "trained_by";

  /** Images on which the file is compared with the head. */
  private static final int IMAGES_TESTED = 16;

  /** Images on which the trained model is timed. */
  private static final int IMAGES_TIMED = 32;

  /** As in an evaluation; a trained model has no boxes. */
  private static final double MATCH_IOU = 0.5;

  private final DatabaseConnector connector;
  private final RunRecord run;
  private final FeatureModel features;
  private final TrainingSettings settings;

  /**
   * Creates a training.
   *
   * @param run the run whose features are in the table of {@link RunRecord#result}
   */
  public Training(
      DatabaseConnector connector,
      RunRecord run,
      FeatureModel features,
      TrainingSettings settings) {
    this.connector = requireNonNull(connector, "connector is null");
    this.run = requireNonNull(run, "run is null");
    this.features = requireNonNull(features, "features is null");
    this.settings = requireNonNull(settings, "settings is null");
  }

  /** The name of the trained model. */
  public String model() {
    return settings.options().model();
  }

  /** A fitted head, its file, and the images on which it was fitted. */
  public static final class Trained {
    private final TrainingImages images;
    private final HeadFit.Fitted fitted;
    private final Holdout holdout;
    private final ModelDescription description;

    Trained(
        TrainingImages images,
        HeadFit.Fitted fitted,
        Holdout holdout,
        ModelDescription description) {
      this.images = images;
      this.fitted = fitted;
      this.holdout = holdout;
      this.description = description;
    }

    /** The number of images with a label. */
    public int images() {
      return images.count();
    }
  }

  /**
   * Fits the head and writes the model's file.
   *
   * @param folder for the files of trained models
   * @throws RefusalException if a class has no image in a part, or the file cannot be written
   */
  public Trained fit(Path folder) throws SQLException {
    TrainingImages images =
        TrainingImages.read(connector, run, settings, features.cut().features());
    requireClasses(images);
    TrainOptions options = settings.options();
    LinearHead.Kind kind =
        options.estimator() == Estimator.CLASSIFIER
            ? LinearHead.Kind.SOFTMAX
            : LinearHead.Kind.SIGMOID;
    HeadFit.Fitted fitted =
        HeadFit.fit(
            kind,
            settings.classes().size(),
            images.examples(Part.TRAINING),
            images.examples(Part.VALIDATION));
    byte[] onnx =
        features
            .cut()
            .trainedFile(fitted.head(), options.estimator().task().toString(), settings.classes());
    TrainedFile file = new TrainedFile(folder, options.model(), onnx);
    ModelDescription description = description(file.path(), onnx);
    List<TrainingImage> held = images.of(Part.HOLDOUT);
    file.write(
        description, fitted.head(), run, held.subList(0, Math.min(held.size(), IMAGES_TESTED)));
    return new Trained(images, fitted, Holdout.of(settings, fitted.head(), held), description);
  }

  /** Images can fail, and a column can assign them to parts, after the labels were checked. */
  private void requireClasses(TrainingImages images) {
    for (int c = 0; c < settings.classes().size(); c++) {
      if (images.count(Part.TRAINING, c) == 0) {
        throw new RefusalException(
            "Cannot train '%s': no image of the class '%s' is in the training part; add images of the class, or leave it out with the option classes"
                .formatted(model(), settings.classes().get(c)));
      }
    }
    if (images.of(Part.HOLDOUT).isEmpty()) {
      throw new RefusalException(
          "Cannot train '%s': no image is held out; add images".formatted(model()));
    }
    if (images.of(Part.VALIDATION).isEmpty()) {
      throw new RefusalException(
          "Cannot train '%s': no image is left for validation; add images, or set a smaller holdout"
              .formatted(model()));
    }
  }

  private ModelDescription description(Path file, byte[] onnx) {
    return new ModelDescription(
        model(),
        OutputLayouts.find(
                settings.options().estimator() == Estimator.CLASSIFIER
                    ? "classification"
                    : "tagging")
            .orElseThrow(),
        features.description().input(),
        settings.classes(),
        List.of(new ModelFile(Engine.ONNX, file.toUri(), ModelFile.sha256(onnx))),
        Activation.NONE,
        List.of());
  }

  /**
   * Times the trained model on images that were held out.
   *
   * @param largestBatch the largest batch size that the run used
   */
  public TrainingReport measure(
      Trained trained, SparkSession spark, Path modelCache, int largestBatch) {
    List<String> paths =
        trained.images.of(Part.HOLDOUT).stream()
            .map(TrainingImage::path)
            .limit(IMAGES_TIMED)
            .toList();
    return new TrainingReport(
        settings,
        features,
        trained.images,
        trained.fitted,
        trained.holdout,
        new ModelTimings(spark, run, modelCache)
            .of(trained.description, paths, settings.options().confidence(), largestBatch));
  }

  /**
   * Registers the model with its profile and its report, in the caller's transaction.
   *
   * @param seconds the durations of the stages
   */
  public RegisteredModel register(
      DatabaseSession session,
      ModelRepository models,
      Trained trained,
      TrainingReport report,
      Map<String, Double> seconds)
      throws SQLException {
    if (models.find(model()).filter(existing -> !isTrained(existing)).isPresent()) {
      throw new RefusalException(
          "Model '%s' was created during the training; drop it with DROP MODEL, and resume"
              .formatted(model()));
    }
    Map<String, String> origin = new LinkedHashMap<>();
    origin.put(ORIGIN, run.runId());
    origin.put(
        "backbone",
        "%s, version %d"
            .formatted(features.backbone().description().name(), features.backbone().version()));
    origin.put("layer", features.cut().layer());
    RegisteredModel registered = models.register(trained.description, origin);
    RunRecord ofModel =
        new RunRecord(
            run.runId(),
            run.request(),
            new RunRecord.Models(registered.task().toString(), model(), registered.version()),
            run.destination(),
            run.layout(),
            run.imageRoot());
    TrainedProfile.write(
        session,
        ofModel,
        new EvaluationOptions(
            settings.options().confidence(),
            MATCH_IOU,
            settings.options().dataset(),
            Optional.empty(),
            false),
        trained.holdout.measurement(),
        report.timings());
    session.update(
        "UPDATE "
            + TrainingSettings.TABLE
            + " SET model = ?, model_version = ?, report = ? WHERE run_id = ?",
        model(),
        registered.version(),
        StoredJson.write(report.document(report.findings(registered), seconds)),
        run.runId());
    return registered;
  }

  /** Whether a training has registered the model. */
  public static boolean isTrained(RegisteredModel model) {
    return model.options().containsKey(ORIGIN);
  }
}

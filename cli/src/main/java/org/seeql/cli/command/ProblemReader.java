package org.seeql.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seeql.cli.command.JsonFields.InputException;
import org.seeql.planner.cascade.CascadeProblem;
import org.seeql.planner.model.ClassSkill;
import org.seeql.planner.model.ModelProfile;
import org.seeql.planner.model.PresenceSample;
import org.seeql.planner.model.Priors;
import org.seeql.planner.model.ScoreSample;
import org.seeql.planner.model.World;
import org.seeql.planner.optimizer.Bound;
import org.seeql.planner.optimizer.Bounds;
import org.seeql.planner.optimizer.ChoiceProblem;
import org.seeql.planner.optimizer.Measure;
import org.seeql.planner.optimizer.Strategy;
import org.seeql.planner.parser.StandalonePredicate;

/** Reads a {@link ChoiceProblem} from JSON. Unknown fields are errors. */
final class ProblemReader {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final String[] FIELDS = {
    "predicate",
    "strategy",
    "confidence_level",
    "bound",
    "maximize",
    "priors",
    "sample",
    "repository"
  };

  private static final String[] SAMPLE_FIELDS = {"classes", "rows", "weights", "scores"};

  private ProblemReader() {}

  /**
   * Parses a document without checking its fields.
   *
   * @throws InputException if the text is not valid JSON
   */
  static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      String place =
          e.getLocation() == null
              ? ""
              : " at line %d, column %d"
                  .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
      throw new InputException(
          "Cannot read the input as JSON%s: %s".formatted(place, reason(e)), e);
    }
  }

  /** The reason in one line, without the parser's remark about an unnamed source. */
  private static String reason(JsonProcessingException error) {
    return error
        .getOriginalMessage()
        .lines()
        .findFirst()
        .orElse("")
        .replaceAll("\\[Source: [^;]*; ([^]]*)]", "$1");
  }

  /**
   * The strategy that a document requests; {@link Strategy#OPTIMAL} if it is missing or unknown.
   */
  static Strategy strategy(JsonNode tree) {
    JsonNode word = tree.path("strategy");
    return Arrays.stream(Strategy.values())
        .filter(s -> s.word().equals(word.textValue()))
        .findFirst()
        .orElse(Strategy.OPTIMAL);
  }

  /**
   * Reads the problem from a document.
   *
   * @throws InputException for the first invalid field, value or name
   * @throws org.seeql.planner.parser.SqlSyntaxException if the predicate is invalid
   */
  static ChoiceProblem problem(JsonNode tree) {
    JsonFields fields = new JsonFields("the input", tree, FIELDS);
    String predicate = fields.text("predicate");
    Strategy strategy = fields.choice("strategy", Strategy.OPTIMAL);
    Measure maximize = fields.choice("maximize", Measure.ACCURACY);
    Bounds bounds = bounds(fields);
    Priors priors = priors(fields);
    Optional<PresenceSample> sample =
        fields.findFields("sample", SAMPLE_FIELDS).map(ProblemReader::sample);
    World world = sample.isPresent() ? sample.get() : priors;
    int rows = sample.isPresent() ? sample.get().rows().size() : -1;
    List<ModelProfile> models =
        models(fields.fields("repository", "models"), rows, tree.path("sample").has("scores"));
    return new ChoiceProblem(
        StandalonePredicate.parse(predicate),
        strategy,
        bounds,
        maximize,
        world,
        models,
        confidenceLevel(fields, sample.isPresent()),
        Optional.empty());
  }

  private static OptionalDouble confidenceLevel(JsonFields fields, boolean hasSample) {
    if (!fields.has("confidence_level")) {
      return OptionalDouble.empty();
    }
    if (!hasSample) {
      throw new InputException("'confidence_level' needs a 'sample'");
    }
    return OptionalDouble.of(fields.openFraction("confidence_level"));
  }

  /**
   * Reads a problem with the strategy {@link Strategy#CASCADE} from a document.
   *
   * @throws InputException for the first invalid field, value or name
   * @throws org.seeql.planner.parser.SqlSyntaxException if the predicate is invalid
   */
  static CascadeProblem cascadeProblem(JsonNode tree) {
    JsonFields fields = new JsonFields("the input", tree, FIELDS);
    JsonFields sample = fields.fields("sample", SAMPLE_FIELDS);
    if (sample.has("weights")) {
      throw new InputException(
          "'weights' of sample cannot be used with strategy cascade: the rows must be a random sample");
    }
    return new CascadeProblem(
        StandalonePredicate.parse(fields.text("predicate")),
        bounds(fields),
        fields.choice("maximize", Measure.ACCURACY),
        confidenceLevel(fields, true).orElse(CascadeProblem.DEFAULT_CONFIDENCE_LEVEL),
        scoreSample(sample),
        costs(fields.fields("repository", "models")),
        Optional.empty());
  }

  private static ScoreSample scoreSample(JsonFields sample) {
    JsonFields models = sample.fields("scores");
    SortedMap<String, SortedMap<String, double[]>> scores = new TreeMap<>();
    for (String model : models.names()) {
      JsonFields classes = models.fields(model);
      SortedMap<String, double[]> ofClasses = new TreeMap<>();
      for (String name : classes.names()) {
        ofClasses.put(name, scores(classes.list(name)));
      }
      scores.put(model, ofClasses);
    }
    try {
      return new ScoreSample(sample.texts("classes"), sample.texts("rows"), scores);
    } catch (IllegalArgumentException e) {
      throw new InputException("Invalid %s: %s".formatted(sample.what(), e.getMessage()), e);
    }
  }

  private static double[] scores(List<JsonNode> elements) {
    return elements.stream()
        .mapToDouble(score -> score.isNumber() ? score.doubleValue() : Double.NaN)
        .toArray();
  }

  private static Map<String, Double> costs(JsonFields repository) {
    Map<String, Double> costs = new TreeMap<>();
    for (JsonNode element : repository.list("models")) {
      JsonFields fields =
          new JsonFields("model " + costs.size(), element, "name", "cost_ms", "classes");
      String name = fields.text("name");
      if (name.isEmpty()) {
        throw new InputException("'name' of %s is empty".formatted(fields.what()));
      }
      if (costs.put(name, fields.number("cost_ms", Double.MAX_VALUE)) != null) {
        throw new InputException("Two models have the name '%s'".formatted(name));
      }
    }
    return costs;
  }

  private static Bounds bounds(JsonFields fields) {
    String[] known = Arrays.stream(Bound.values()).map(Bound::word).toArray(String[]::new);
    Optional<JsonFields> given = fields.findFields("bound", known);
    Bounds bounds = Bounds.NONE;
    for (Bound bound : Bound.values()) {
      if (given.isPresent() && given.get().has(bound.word())) {
        double most = bound.isOfQuality() ? 1 : Double.MAX_VALUE;
        bounds = bounds.with(bound, given.get().number(bound.word(), most));
      }
    }
    return bounds;
  }

  private static Priors priors(JsonFields fields) {
    SortedMap<String, Double> shares = new TreeMap<>();
    fields
        .findFields("priors")
        .ifPresent(priors -> priors.names().forEach(n -> shares.put(n, priors.number(n, 1))));
    return new Priors(shares);
  }

  private static PresenceSample sample(JsonFields fields) {
    List<String> classes = fields.texts("classes");
    List<String> rows = fields.texts("rows");
    List<Double> weights = new ArrayList<>();
    if (fields.has("weights")) {
      for (JsonNode weight : fields.list("weights")) {
        weights.add(weight.isNumber() ? weight.doubleValue() : Double.NaN);
      }
    } else {
      rows.forEach(row -> weights.add(1.0));
    }
    try {
      return new PresenceSample(classes, rows, weights);
    } catch (IllegalArgumentException e) {
      throw new InputException("Invalid %s: %s".formatted(fields.what(), e.getMessage()), e);
    }
  }

  private static List<ModelProfile> models(JsonFields repository, int rows, boolean hasScores) {
    List<ModelProfile> models = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonNode element : repository.list("models")) {
      JsonFields fields =
          new JsonFields("model " + models.size(), element, "name", "cost_ms", "classes");
      String name = fields.text("name");
      if (name.isEmpty()) {
        throw new InputException("'name' of %s is empty".formatted(fields.what()));
      }
      if (!names.add(name)) {
        throw new InputException("Two models have the name '%s'".formatted(name));
      }
      double cost = fields.number("cost_ms", Double.MAX_VALUE);
      SortedMap<String, ClassSkill> skills = new TreeMap<>();
      if (fields.has("classes") || !hasScores) {
        JsonFields classes = fields.fields("classes");
        for (String className : classes.names()) {
          skills.put(className, skill(name, classes.fields(className), className, rows));
        }
      }
      models.add(new ModelProfile(name, cost, skills));
    }
    return models;
  }

  private static ClassSkill skill(String model, JsonFields fields, String className, int rows) {
    List<String> names = fields.names().stream().sorted().toList();
    if (names.equals(List.of("accuracy"))) {
      return ClassSkill.ofAccuracy(fields.number("accuracy", 1));
    }
    if (names.equals(List.of("fpr", "tpr"))) {
      return new ClassSkill.Rates(fields.number("tpr", 1), fields.number("fpr", 1));
    }
    String subject = "'%s' of model '%s'".formatted(className, model);
    if (!names.equals(List.of("answers")) || rows < 0) {
      throw new InputException(
          "Invalid %s: fields %s (accuracy; or tpr and fpr; or, with a sample, answers)"
              .formatted(subject, names));
    }
    String answers = fields.text("answers");
    if (answers.length() != rows || answers.chars().anyMatch(c -> c != '0' && c != '1')) {
      throw new InputException(
          "Invalid 'answers' of %s: %s (0 or 1 for each of the %d rows)"
              .formatted(subject, answers, rows));
    }
    return new ClassSkill.Answers(answers);
  }
}

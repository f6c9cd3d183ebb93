package org.seeql.job.model;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.planner.message.NearestNames;
import org.seeql.planner.statement.AttributeValue;
import org.seeql.planner.statement.CreateModelStatement;
import org.seeql.planner.statement.DropModelStatement;
import org.seeql.udf.InferenceException;
import org.seeql.udf.model.Engine;
import org.seeql.udf.model.ModelDescription;
import org.seeql.udf.model.ModelProbe;

/**
 * The models that statements can name, stored in the table {@code models}. A replaced or dropped
 * model keeps its row, because runs refer to it.
 */
public final class ModelRepository {
  private static final String TABLE = SystemSchema.table("models");
  private static final List<String> URI_OPTIONS = List.of("uri", "path", "url");
  private static final String LABELS = "labels";
  private static final int LONGEST_NAME = 255;

  private final DatabaseSession session;
  private final ModelCache cache;
  private final Path baseDirectory;

  /**
   * Creates a repository over a session, which the caller closes.
   *
   * @param baseDirectory the directory to which relative paths of models refer
   */
  public ModelRepository(DatabaseSession session, ModelCache cache, Path baseDirectory) {
    this.session = requireNonNull(session, "session is null");
    this.cache = requireNonNull(cache, "cache is null");
    this.baseDirectory = requireNonNull(baseDirectory, "baseDirectory is null");
  }

  /**
   * Registers a model: fetches and probes its files, or takes over those of its base.
   *
   * @throws RefusalException if a model with this name exists and the statement does not replace
   *     it, or if the base of a variation cannot be used
   * @throws InferenceException if the files are not a model, or do not match the options
   */
  public RegisteredModel create(CreateModelStatement statement) throws SQLException {
    checkName(statement.model().plain());
    String name = statement.model().plain();
    Optional<RegisteredModel> current = find(name);
    if (current.isPresent() && !statement.orReplace()) {
      throw new RefusalException(
          "Cannot create model '%s': it is already registered (version %d); replace it with CREATE OR REPLACE MODEL"
              .formatted(name, current.get().version()));
    }
    Map<String, String> options = options(statement);
    return options.containsKey(CreateModelStatement.BASE_OPTION)
        ? createVariation(name, options)
        : createFromFiles(name, statement, options);
  }

  /**
   * Checks the options of a statement, without its files and without the database.
   *
   * @throws RefusalException if the statement has no location, or several
   * @throws InferenceException if an option is unknown or invalid
   */
  public static void checkOptions(CreateModelStatement statement) {
    String name = statement.model().plain();
    checkName(name);
    Map<String, String> options = options(statement);
    if (options.containsKey(CreateModelStatement.BASE_OPTION)) {
      VariationOptions.parse(name, options);
      return;
    }
    VariationOptions.refuseWithoutBase(name, options);
    uris(statement);
    URI_OPTIONS.forEach(options::remove);
    options.remove(ModelLocation.ENGINE_OPTION);
    // the value may be a file, which is read with the files of the model
    options.remove(LABELS);
    ModelProbe.checkOptions(name, options);
  }

  private static void checkName(String name) {
    if (name.length() > LONGEST_NAME) {
      throw new RefusalException(
          "Cannot create model '%s': its name has %d characters (at most %d)"
              .formatted(name, name.length(), LONGEST_NAME));
    }
  }

  private static Map<String, String> options(CreateModelStatement statement) {
    Map<String, String> options = new LinkedHashMap<>();
    statement
        .options()
        .values()
        .forEach((key, value) -> options.put(key.toLowerCase(Locale.ROOT), value.text()));
    return options;
  }

  private RegisteredModel createFromFiles(
      String name, CreateModelStatement statement, Map<String, String> options)
      throws SQLException {
    VariationOptions.refuseWithoutBase(name, options);
    List<String> uris = uris(statement);
    URI_OPTIONS.forEach(options::remove);
    ModelDescription description =
        new ModelFiles(cache, baseDirectory).describe(name, uris, options);
    ModelChecksums.check(name, description.files(), options);
    return insert(description, options, Optional.empty());
  }

  private RegisteredModel createVariation(String name, Map<String, String> options)
      throws SQLException {
    VariationOptions parsed = VariationOptions.parse(name, options);
    Optional<RegisteredModel> found = find(parsed.base());
    if (found.isEmpty()) {
      throw new RefusalException(
          "Cannot create model '%s': %s; it comes from base"
              .formatted(name, unknown(parsed.base())));
    }
    RegisteredModel base = found.get();
    if (base.description().name().equals(name)) {
      throw new RefusalException(
          "Cannot create model '%s': its base has the same name, which it would replace; use another name"
              .formatted(name));
    }
    if (base.base().isPresent()) {
      throw new RefusalException(
          "Cannot create model '%s': its base '%s' is itself a variation of %s; use a model with files of its own as base"
              .formatted(name, base.description().name(), base.base().get()));
    }
    Optional<String> problem = ModelVariations.problem(parsed.variation(), base.description());
    if (problem.isPresent()) {
      throw new RefusalException("Cannot create model '%s': %s".formatted(name, problem.get()));
    }
    return insert(
        base.description().variedAs(name, ModelVariations.of(parsed.variation())),
        options,
        Optional.of(new BaseModel(base.description().name(), base.version())));
  }

  private RegisteredModel insert(
      ModelDescription description, Map<String, String> options, Optional<BaseModel> base)
      throws SQLException {
    String name = description.name();
    int version = latestVersion(name) + 1;
    StoredModel stored = StoredModel.of(description, options, base);
    try {
      session.update(
          "INSERT INTO "
              + TABLE
              + " (name, version, task, layout, engine, uri, sha256, files, input, class_names,"
              + " options) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          name,
          version,
          VisionTasks.of(description).toString(),
          description.layout().toString(),
          stored.main().engine().toString(),
          stored.main().uri().toString(),
          stored.main().sha256(),
          stored.files(),
          stored.input(),
          stored.classNames(),
          stored.options());
    } catch (SQLIntegrityConstraintViolationException e) {
      throw new RefusalException(
          "Cannot create model '%s': another session is registering it; try again".formatted(name),
          e);
    }
    return find(name).orElseThrow();
  }

  /** Registers a new version of a model that was trained and tested. */
  public RegisteredModel register(ModelDescription description, Map<String, String> options)
      throws SQLException {
    return insert(description, options, Optional.empty());
  }

  /** The local copies of the files of models. */
  public ModelCache cache() {
    return cache;
  }

  private static List<String> uris(CreateModelStatement statement) {
    List<AttributeValue> given =
        statement.options().values().entrySet().stream()
            .filter(option -> URI_OPTIONS.contains(option.getKey().toLowerCase(Locale.ROOT)))
            .map(Map.Entry::getValue)
            .toList();
    if (given.isEmpty()) {
      throw new RefusalException(
          "Cannot create model '%s': OPTIONS needs uri = 'a path or a URI'"
              .formatted(statement.model()));
    }
    if (given.size() > 1) {
      throw new RefusalException(
          "Cannot create model '%s': its location is given twice; uri, path and url are the same option; for several formats use uri = ['a', 'b']"
              .formatted(statement.model()));
    }
    if (given.get(0) instanceof AttributeValue.ListValue list) {
      return list.values().stream().map(AttributeValue::text).toList();
    }
    return List.of(given.get(0).text());
  }

  private int latestVersion(String name) throws SQLException {
    return session
        .findFirst(
            "SELECT COALESCE(MAX(version), 0) FROM " + TABLE + " WHERE name = ?",
            row -> row.getInt(1),
            name)
        .orElse(0);
  }

  /** The latest version of a model, unless it is dropped. */
  public Optional<RegisteredModel> find(String name) throws SQLException {
    return session.findFirst(
        StoredModel.SELECT
            + " WHERE name = ? AND version = (SELECT MAX(version) FROM "
            + TABLE
            + " AS latest WHERE latest.name = ?) AND dropped IS NULL",
        StoredModel::read,
        name,
        name);
  }

  /**
   * The model of a run that is resumed, dropped or not.
   *
   * @throws RefusalException if it no longer exists
   */
  public RegisteredModel loadForResume(String name, int version, String runId) throws SQLException {
    return find(name, version)
        .orElseThrow(
            () ->
                new RefusalException(
                    "Cannot resume run %s: version %d of its model '%s' no longer exists"
                        .formatted(runId, version, name)));
  }

  /** One version of a model, dropped or not. */
  public Optional<RegisteredModel> find(String name, int version) throws SQLException {
    return session.findFirst(
        StoredModel.SELECT + " WHERE name = ? AND version = ?", StoredModel::read, name, version);
  }

  /**
   * The earliest version of a model that is identical except for the location of its files. Bytes,
   * input, labels and layout are the same, and therefore also its answers.
   *
   * @param version the version of {@code model}
   */
  public int earliestVersion(ModelDescription model, int version) throws SQLException {
    return session
        .query(
            StoredModel.SELECT + " WHERE name = ? AND version < ? ORDER BY version",
            StoredModel::read,
            model.name(),
            version)
        .stream()
        .filter(earlier -> isSame(earlier.description(), model))
        .findFirst()
        .map(RegisteredModel::version)
        .orElse(version);
  }

  private static boolean isSame(ModelDescription one, ModelDescription other) {
    Map<Engine, URI> places = new EnumMap<>(Engine.class);
    other.files().forEach(file -> places.put(file.engine(), file.uri()));
    return one.locatedAt(places).equals(other);
  }

  /** The latest version of each model that is not dropped, by name. */
  public List<RegisteredModel> all() throws SQLException {
    return session.query(
        StoredModel.SELECT
            + " AS m WHERE dropped IS NULL AND version = (SELECT MAX(version) FROM "
            + TABLE
            + " AS latest WHERE latest.name = m.name) ORDER BY name",
        StoredModel::read);
  }

  /** The message for a name that no model has. */
  public String unknown(String name) throws SQLException {
    List<String> known = all().stream().map(model -> model.description().name()).toList();
    return known.isEmpty()
        ? "Unknown model '%s'; no model is registered; register one with CREATE MODEL"
            .formatted(name)
        : NearestNames.unknown("model", name, known);
  }

  /**
   * Drops a model.
   *
   * @return whether it existed
   * @throws RefusalException if it does not exist and the statement has no IF EXISTS
   */
  public boolean drop(DropModelStatement statement) throws SQLException {
    if (find(statement.model().plain()).isEmpty()) {
      if (statement.ifExists()) {
        return false;
      }
      throw new RefusalException(unknown(statement.model().plain()));
    }
    session.update(
        "UPDATE "
            + TABLE
            + " SET dropped = CURRENT_TIMESTAMP(3) WHERE name = ? AND dropped IS NULL",
        statement.model().plain());
    return true;
  }
}

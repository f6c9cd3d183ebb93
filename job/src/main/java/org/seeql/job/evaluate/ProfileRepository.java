package org.seeql.job.evaluate;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.job.evaluate.StoredProfile.StoredClass;
import org.seeql.job.evaluate.StoredProfile.StoredTiming;
import org.seeql.job.model.RegisteredModel;
import org.seeql.planner.model.ClassSkill;
import org.seeql.planner.model.ModelProfile;
import org.seeql.planner.model.Priors;
import org.seeql.udf.model.Device;

/**
 * The profiles that TO EVALUATE has measured, for the choice of models. Does not close its session.
 */
public final class ProfileRepository {
  private static final double MILLIS_PER_SECOND = 1_000;

  private final DatabaseSession session;

  public ProfileRepository(DatabaseSession session) {
    this.session = requireNonNull(session, "session is null");
  }

  /**
   * The data sets for which profiles exist. The data set with the most evaluated models is first;
   * of equal ones, that of the latest profile. A quick evaluation of one model on another data set
   * therefore does not change the choice of models.
   */
  public List<String> datasets() throws SQLException {
    return session.query(
        "SELECT dataset FROM "
            + StoredProfile.TABLE
            + " GROUP BY dataset ORDER BY COUNT(DISTINCT model) DESC, MAX(created) DESC, dataset",
        row -> row.getString(1));
  }

  /** The latest profile of this version of a model, on any data set, in one line. */
  public Optional<String> describe(RegisteredModel model) throws SQLException {
    Optional<StoredProfile> newest = findNewest(model);
    return newest.isEmpty() ? Optional.empty() : Optional.of(ProfileText.of(session, newest.get()));
  }

  /**
   * The time of this version of a model per image on a kind of device, by its latest profile; empty
   * if it was not timed there.
   */
  public OptionalDouble findMillisPerImage(RegisteredModel model, Device device)
      throws SQLException {
    Optional<StoredProfile> newest = findNewest(model);
    if (newest.isEmpty()) {
      return OptionalDouble.empty();
    }
    List<StoredTiming> timings = newest.get().timings(session, device);
    return timings.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            StoredProfile.choose(timings, OptionalInt.empty()).secondsPerImage()
                * MILLIS_PER_SECOND);
  }

  /**
   * Loads the profiles of models for a set of classes.
   *
   * @param models models that may be chosen
   * @return empty if the data set has no profile
   */
  public Optional<ProfiledModels> load(Collection<RegisteredModel> models, ProfileQuery query)
      throws SQLException {
    List<String> known = datasets();
    Optional<String> dataset = query.dataset().or(() -> known.stream().findFirst());
    if (dataset.isEmpty() || !known.contains(dataset.get())) {
      return Optional.empty();
    }
    SortedMap<String, ProfiledModel> profiled = new TreeMap<>();
    SortedMap<String, String> excluded = new TreeMap<>();
    SortedMap<String, Double> priors = new TreeMap<>();
    Map<StoredProfile, List<StoredClass>> stored = new LinkedHashMap<>();
    for (RegisteredModel model : models) {
      String name = model.description().name();
      Optional<StoredProfile> found = find(model, dataset.get());
      if (found.isEmpty()) {
        excluded.put(
            name, "its version %d was not evaluated on this data set".formatted(model.version()));
        continue;
      }
      StoredProfile profile = found.get();
      List<StoredClass> classes = profile.classes(session);
      classes.forEach(c -> priors.putIfAbsent(c.name(), c.shown() / (double) profile.images()));
      List<StoredTiming> timings = profile.timings(session, query.device());
      if (timings.isEmpty()) {
        String device = query.device().isGpu() ? "a GPU" : "a CPU";
        excluded.put(name, "it was not timed on " + device);
        continue;
      }
      stored.put(profile, classes);
      profiled.put(
          name, byRates(profile, classes, StoredProfile.choose(timings, query.batchSize())));
    }
    JointProfiles profiles = JointProfiles.of(session, stored, query.classes());
    Optional<JointSample> joint = JointSample.of(profiles);
    joint.ifPresent(sample -> profiled.replaceAll((name, model) -> sample.withAnswers(model)));
    return Optional.of(
        new ProfiledModels(
            dataset.get(),
            Priors.of(priors),
            profiled,
            joint.map(JointSample::sample),
            query.withScores() ? JointScores.load(session, profiles) : Optional.empty(),
            excluded));
  }

  /** The classes that some profile of a data set can answer, by the data set's names. */
  public SortedSet<String> classNames(String dataset) throws SQLException {
    return new TreeSet<>(
        session.query(
            "SELECT DISTINCT c.class_name FROM "
                + StoredProfile.TABLE
                + " AS p JOIN "
                + SystemSchema.table("model_profile_classes")
                + " AS c ON c.profile_id = p.profile_id"
                + " WHERE p.dataset = ? AND c.label IS NOT NULL",
            row -> row.getString(1),
            dataset));
  }

  private Optional<StoredProfile> findNewest(RegisteredModel model) throws SQLException {
    return session.findFirst(
        StoredProfile.SELECT
            + " WHERE model = ? AND model_version = ? ORDER BY created DESC LIMIT 1",
        StoredProfile::read,
        model.description().name(),
        model.version());
  }

  private Optional<StoredProfile> find(RegisteredModel model, String dataset) throws SQLException {
    return session.findFirst(
        StoredProfile.SELECT + " WHERE model = ? AND model_version = ? AND dataset = ?",
        StoredProfile::read,
        model.description().name(),
        model.version(),
        dataset);
  }

  private static ProfiledModel byRates(
      StoredProfile profile, List<StoredClass> classes, StoredTiming timing) {
    Map<String, ClassSkill> skills = new HashMap<>();
    SortedMap<String, String> labels = new TreeMap<>();
    for (StoredClass c : classes) {
      if (c.isKnown()) {
        labels.put(c.name(), c.label());
        double tpr = c.counts().truePositiveRate();
        double fpr = c.counts().falsePositiveRate();
        if (!Double.isNaN(tpr) && !Double.isNaN(fpr)) {
          skills.put(c.name(), new ClassSkill.Rates(tpr, fpr));
        }
      }
    }
    return new ProfiledModel(
        ModelProfile.of(profile.model(), timing.secondsPerImage() * MILLIS_PER_SECOND, skills),
        Optional.empty(),
        labels,
        profile.confidence(),
        profile.nmsIou(),
        profile.maxDetections(),
        timing.batchSize());
  }
}

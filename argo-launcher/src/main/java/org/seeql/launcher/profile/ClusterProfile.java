package org.seeql.launcher.profile;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seeql.launcher.manifest.SubmissionException;
import org.seeql.planner.message.NearestNames;

/**
 * A file with options of {@code submit} and {@code schedule}, which teams share. Its keys are the
 * names of the options.
 */
public final class ClusterProfile {
  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private ClusterProfile() {}

  /**
   * Parses a profile.
   *
   * @param file its name, for messages
   * @param known the kinds of the settings, by name
   * @return the values of each setting as on the command line, by name
   * @throws SubmissionException with every unknown key and every value of the wrong kind
   */
  public static SortedMap<String, List<String>> parse(
      String file, String text, SortedMap<String, SettingKind> known) {
    JsonNode tree = read(file, text);
    SortedMap<String, List<String>> settings = new TreeMap<>();
    if (tree.isMissingNode() || tree.isNull()) {
      return settings;
    }
    if (!tree.isObject()) {
      throw new SubmissionException(
          "Cannot read the cluster profile %s: it is not a mapping of options to values"
              .formatted(file));
    }
    List<String> problems = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : tree.properties()) {
      String name = field.getKey();
      SettingKind kind = known.get(name);
      if (kind == null) {
        problems.add(
            "Invalid cluster profile %s: %s"
                .formatted(file, NearestNames.unknown("key", name, known.keySet())));
        continue;
      }
      Optional<List<String>> values = kind.read(field.getValue());
      values.ifPresentOrElse(
          v -> settings.put(name, v),
          () ->
              problems.add(
                  "Invalid cluster profile %s: %s must be %s"
                      .formatted(file, name, kind.description())));
    }
    if (!problems.isEmpty()) {
      throw SubmissionException.of(problems);
    }
    return settings;
  }

  private static JsonNode read(String file, String text) {
    try {
      return YAML.readTree(text);
    } catch (JsonProcessingException e) {
      throw new SubmissionException(
          "Cannot read the cluster profile %s: %s"
              .formatted(file, e.getOriginalMessage().lines().findFirst().orElse("it is not YAML")),
          e);
    }
  }
}

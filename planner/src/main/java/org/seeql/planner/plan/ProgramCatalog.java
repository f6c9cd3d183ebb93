package org.seeql.planner.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.seeql.planner.message.NearestNames;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.statement.RunStatement;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** The programs that SeeQL runs itself, by name. Immutable. */
public final class ProgramCatalog {
  private static final String STANDARD = "/conf/programs.yaml";
  private static final List<String> KEYS = List.of("task", "options", "arguments");

  private final Map<String, ProgramDefinition> programs;

  private ProgramCatalog(Map<String, ProgramDefinition> programs) {
    this.programs = Collections.unmodifiableMap(programs);
  }

  /** The programs of the packaged {@code conf/programs.yaml}. */
  public static ProgramCatalog standard() {
    try (InputStream in = ProgramCatalog.class.getResourceAsStream(STANDARD)) {
      if (in == null) {
        throw new IllegalStateException(STANDARD + " is not on the class path");
      }
      return load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + STANDARD, e);
    }
  }

  /**
   * Reads programs in the format of {@code conf/programs.yaml}, whose header describes it. Does not
   * close the reader.
   *
   * @throws PlanningException for content that does not have this format
   */
  public static ProgramCatalog load(Reader yaml) {
    Object document;
    try {
      document = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    } catch (YAMLException e) {
      throw refusal("not YAML: " + e.getMessage());
    }
    Map<String, Object> top = mapping(document, "the file");
    checkKeys(top.keySet(), List.of("programs"), "the file");
    Map<String, ProgramDefinition> programs = new LinkedHashMap<>();
    mapping(top.get("programs"), "programs")
        .forEach((name, body) -> programs.put(name, program(name, mapping(body, name))));
    return new ProgramCatalog(programs);
  }

  public Optional<ProgramDefinition> find(String name) {
    return Optional.ofNullable(programs.get(name));
  }

  /** The program that a statement runs; empty if it is a user's own program in a container. */
  public Optional<ProgramDefinition> find(RunStatement statement) {
    return statement.command().stream().findFirst().flatMap(this::find);
  }

  /** In the order of the file. */
  public Set<String> names() {
    return programs.keySet();
  }

  private static ProgramDefinition program(String name, Map<String, Object> body) {
    checkKeys(body.keySet(), KEYS, name);
    VisionTask task = constant(VisionTask.class, body.get("task"), "task of " + name);
    OptionSet defaults = OptionSet.NONE;
    for (Map.Entry<String, Object> option :
        mapping(body.getOrDefault("options", Map.of()), "options of " + name).entrySet()) {
      defaults =
          defaults.with(
              option.getKey(),
              String.valueOf(option.getValue()),
              "the defaults of " + name + " in conf/programs.yaml");
    }
    Map<String, ArgumentConversion> arguments = new LinkedHashMap<>();
    mapping(body.getOrDefault("arguments", Map.of()), "arguments of " + name)
        .forEach(
            (argument, meaning) ->
                arguments.put(
                    OptionSet.canonicalName(argument),
                    constant(
                        ArgumentConversion.class,
                        meaning,
                        "argument " + argument + " of " + name)));
    return new ProgramDefinition(name, task, defaults, arguments);
  }

  private static Map<String, Object> mapping(Object value, String what) {
    if (!(value instanceof Map<?, ?> map)) {
      throw refusal(what + " is not a mapping: " + value);
    }
    Map<String, Object> mapping = new LinkedHashMap<>();
    map.forEach((key, v) -> mapping.put(String.valueOf(key), v));
    return mapping;
  }

  private static void checkKeys(Set<String> given, List<String> known, String where) {
    for (String key : given) {
      if (!known.contains(key)) {
        throw refusal(NearestNames.unknown("key", key, known) + "; in " + where);
      }
    }
  }

  private static <E extends Enum<E>> E constant(Class<E> type, Object value, String what) {
    String word = String.valueOf(value);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(word)) {
        return constant;
      }
    }
    List<String> known =
        Arrays.stream(type.getEnumConstants()).map(c -> c.name().toLowerCase(Locale.ROOT)).toList();
    throw refusal(NearestNames.unknown(what, word, known));
  }

  private static PlanningException refusal(String reason) {
    return new PlanningException("Cannot read the programs of conf/programs.yaml: " + reason);
  }
}

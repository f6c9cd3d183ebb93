package org.seeql.cli.command;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seeql.launcher.manifest.SparkOperator;
import org.seeql.launcher.manifest.SubmissionException;
import org.seeql.launcher.profile.ClusterProfile;
import org.seeql.launcher.profile.SettingKind;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** A file with options of a submission. Options on the command line take precedence. */
final class ClusterProfileOption {
  private static final String PREFIX = "--";

  /** The classes whose options are settings of a profile. */
  private static final Set<Class<?>> OWNERS =
      Set.of(SubmissionOptions.class, ClusterSettingsOptions.class, ObjectOptions.class);

  @Option(
      names = "--cluster-profile",
      paramLabel = "FILE",
      description =
          "A YAML file with options of submit and schedule, by their names without --. Options on "
              + "the command line take precedence.")
  private String file;

  /** The options that a profile can set, by their names without dashes. */
  static SortedMap<String, OptionSpec> settings() {
    SortedMap<String, OptionSpec> settings = new TreeMap<>();
    for (OptionSpec option : CommandSpec.forAnnotatedObject(new SubmissionOptions()).options()) {
      if (option.userObject() instanceof Field field
          && OWNERS.contains(field.getDeclaringClass())) {
        settings.put(option.longestName().substring(PREFIX.length()), option);
      }
    }
    return settings;
  }

  static SettingKind kind(OptionSpec option) {
    if (option.isMultiValue()) {
      return option.paramLabel().contains("=") ? SettingKind.MAPPING : SettingKind.LIST;
    }
    return option.type() == int.class ? SettingKind.NUMBER : SettingKind.TEXT;
  }

  /**
   * Sets the options of a command that the file names, and that the command line does not.
   *
   * @param spec of the command, after parsing
   * @throws SubmissionException if the file is invalid
   */
  void apply(CommandSpec spec, Invocation invocation) {
    if (file == null) {
      return;
    }
    SortedMap<String, SettingKind> kinds = new TreeMap<>();
    settings().forEach((name, option) -> kinds.put(name, kind(option)));
    ClusterProfile.parse(file, read(invocation), kinds)
        .forEach(
            (name, values) -> {
              OptionSpec option = spec.findOption(PREFIX + name);
              // install has only some of the options
              if (option != null && !spec.commandLine().getParseResult().hasMatchedOption(option)) {
                option.setValue(value(option, values));
              }
            });
  }

  private String read(Invocation invocation) {
    try {
      return Files.readString(invocation.resolve(file));
    } catch (NoSuchFileException e) {
      throw new SubmissionException(
          "Cannot read the cluster profile %s: there is no such file".formatted(file), e);
    } catch (IOException e) {
      throw new SubmissionException(
          "Cannot read the cluster profile %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private Object value(OptionSpec option, List<String> values) {
    if (option.isMultiValue()) {
      return new ArrayList<>(values);
    }
    String text = values.get(0);
    if (option.type() == int.class) {
      return Integer.valueOf(text);
    }
    if (option.type() == SparkOperator.class) {
      try {
        return SparkOperator.parse(text);
      } catch (SubmissionException e) {
        throw new SubmissionException(
            "Invalid cluster profile %s: %s".formatted(file, e.getMessage()), e);
      }
    }
    if (option.type() != String.class) {
      throw new IllegalStateException("no conversion of " + option.longestName());
    }
    return text;
  }
}

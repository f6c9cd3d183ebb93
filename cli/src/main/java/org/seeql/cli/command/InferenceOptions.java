package org.seeql.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.seeql.planner.option.OptionDefinition;
import org.seeql.planner.option.OptionScope;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.option.OptionTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/**
 * Defaults for the runs of a program; a statement's options override them. The planner validates
 * the values together with those of the statement.
 */
// picocli requires an annotation of a mixin
@Command
final class InferenceOptions {
  /** A link in Markdown. */
  private static final Pattern LINK = Pattern.compile("\\[([^]]*)]\\([^)]*\\)");

  private OptionSet options = OptionSet.NONE;
  private CommandSpec command;

  /** The options that the user gave, as text. */
  OptionSet options() {
    return options;
  }

  /** Adds the options to the command that has this mixin. */
  @Spec(Spec.Target.MIXEE)
  void command(CommandSpec command) {
    this.command = command;
    for (OptionDefinition<?> option : OptionTable.of(OptionScope.COMMAND_LINE)) {
      command.addOption(specification(option));
    }
  }

  private OptionSpec specification(OptionDefinition<?> option) {
    OptionSpec.Builder builder =
        OptionSpec.builder(names(option))
            .type(String.class)
            .paramLabel(option.label())
            .description(help(option).replace("%", "%%"))
            .setter(setter(option.name()));
    if (option.defaultValue().filter(Boolean.FALSE::equals).isPresent()) {
      // --only_new alone means true
      builder.arity("0..1").fallbackValue("true");
    }
    return builder.build();
  }

  private ISetter setter(String name) {
    return new ISetter() {
      @Override
      public <T> T set(T value) {
        if (value != null) {
          options = options.with(name, value.toString(), origin(name, value.toString()));
        }
        return value;
      }
    };
  }

  private String origin(String name, String value) {
    String option = name.replace('_', '-');
    return command.defaultValueProvider() instanceof SettingsDefaults defaults
        ? defaults.source(option, value).orElse("the command line (--" + option + ")")
        : "the command line (--" + option + ")";
  }

  private static String[] names(OptionDefinition<?> option) {
    List<String> words = new ArrayList<>();
    words.add(option.name());
    words.addAll(option.aliases());
    List<String> names = new ArrayList<>();
    for (String word : words) {
      // Arguments replaces the underscores of SQL by dashes
      names.add("--" + word.replace('_', '-'));
    }
    return names.toArray(String[]::new);
  }

  private static String help(OptionDefinition<?> option) {
    String meaning = option.meaning(OptionScope.COMMAND_LINE);
    List<String> sentences = new ArrayList<>();
    sentences.add(
        Character.toUpperCase(meaning.charAt(0)) + meaning.substring(1).replace("`", "'"));
    if (!option.type().isFreeText()) {
      sentences.add("Values: " + option.type().documented().replace("`", ""));
    }
    sentences.add("Default: " + option.documentedDefault().replace("`", ""));
    return LINK.matcher(String.join(". ", sentences) + ".").replaceAll("$1");
  }
}

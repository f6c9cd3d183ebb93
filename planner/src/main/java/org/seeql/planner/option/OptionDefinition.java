package org.seeql.planner.option;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One option: its name, values, default, scopes and meaning. All definitions are in {@link
 * OptionTable}. Two definitions may have the same name if they have no common scope. Immutable;
 * equal only to itself.
 */
public final class OptionDefinition<T> {
  private final String name;
  private final List<String> aliases;
  private final String label;
  private final OptionType<T> type;
  private final Optional<T> defaultValue;
  private final String documentedDefault;
  private final boolean storedIfDefault;
  private final Set<OptionScope> scopes;
  private final Map<OptionScope, String> meanings;
  private final String meaning;
  private final Set<AnswerKind> answers;

  private OptionDefinition(Builder<T> builder, Set<AnswerKind> answers) {
    this.name = builder.name;
    this.aliases = List.copyOf(builder.aliases);
    this.label = builder.label;
    this.type = builder.type;
    this.defaultValue = builder.defaultValue;
    this.documentedDefault = builder.documentedDefault;
    this.storedIfDefault = builder.storedIfDefault;
    this.scopes = EnumSet.copyOf(builder.scopes);
    this.meanings = new EnumMap<>(builder.meanings);
    this.meaning = builder.meaning;
    this.answers = answers;
  }

  /** The name in SQL and in {@code conf/programs.yaml}, with underscores. */
  public String name() {
    return name;
  }

  /** Other names. */
  public List<String> aliases() {
    return aliases;
  }

  /** What {@code --help} shows for the value: {@code N}. */
  public String label() {
    return label;
  }

  public OptionType<T> type() {
    return type;
  }

  /** The value if the option is not set. Empty if the default depends on other things. */
  public Optional<T> defaultValue() {
    return defaultValue;
  }

  /** The default, in Markdown. */
  public String documentedDefault() {
    return documentedDefault;
  }

  /** Whether stored text and fingerprints contain the option if it has this value. */
  boolean isStored(T value) {
    return storedIfDefault || !defaultValue.equals(Optional.of(value));
  }

  public boolean isIn(OptionScope scope) {
    return scopes.contains(scope);
  }

  /** The meaning in a scope: a phrase in Markdown. */
  public String meaning(OptionScope scope) {
    return meanings.getOrDefault(scope, meaning);
  }

  /** Whether a scope gives the option a meaning of its own. */
  public boolean hasOwnMeaning(OptionScope scope) {
    return meanings.containsKey(scope);
  }

  /** Whether the same image can get other answers of this kind if the option has another value. */
  public boolean changes(AnswerKind kind) {
    return answers.contains(kind);
  }

  /** The value among some options, or else the default. An invalid value is a problem. */
  public Optional<T> find(OptionSet options, Consumer<String> problems) {
    Optional<Option> option = options.find(name);
    return option.isEmpty() ? defaultValue : parse(option.get(), problems).or(() -> defaultValue);
  }

  /**
   * The value among some options, or else the default. An invalid value is a problem.
   *
   * @throws IllegalStateException if the option is not set and has no default value
   */
  public T read(OptionSet options, Consumer<String> problems) {
    return find(options, problems)
        .orElseThrow(() -> new IllegalStateException(name + " has no default value"));
  }

  private Optional<T> parse(Option option, Consumer<String> problems) {
    try {
      return Optional.of(type.parse(option.value().strip()));
    } catch (RefusedValueException e) {
      problems.accept("Invalid value for %s: %s".formatted(name, e.getMessage()));
    } catch (IllegalArgumentException | ArithmeticException e) {
      problems.accept(
          "Invalid value for %s: '%s' (%s); it comes from %s"
              .formatted(name, option.value(), type.allowed(), option.origin()));
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return name;
  }

  /** Collects the properties of an option. Its last step adds the option to the table. */
  static final class Builder<T> {
    private final Consumer<OptionDefinition<?>> table;
    private final String name;
    private final OptionType<T> type;
    private final Set<OptionScope> scopes = EnumSet.noneOf(OptionScope.class);
    private final Map<OptionScope, String> meanings = new EnumMap<>(OptionScope.class);
    private List<String> aliases = List.of();
    private String label = "VALUE";
    private Optional<T> defaultValue = Optional.empty();
    private String documentedDefault = "none";
    private boolean storedIfDefault = true;
    private String meaning = "";

    Builder(Consumer<OptionDefinition<?>> table, String name, OptionType<T> type) {
      this.table = requireNonNull(table, "table is null");
      this.name = requireNonNull(name, "name is null");
      this.type = requireNonNull(type, "type is null");
    }

    Builder<T> aliases(String... names) {
      aliases = List.of(names);
      return this;
    }

    Builder<T> label(String text) {
      label = text;
      return this;
    }

    Builder<T> byDefault(T value) {
      String text = type.text(value);
      return byDefault(value, text.matches("[0-9.]+") ? text : "`" + text + "`");
    }

    Builder<T> byDefault(T value, String markdown) {
      defaultValue = Optional.of(value);
      documentedDefault = markdown;
      return this;
    }

    /** Describes a default that is not one value. */
    Builder<T> otherwise(String markdown) {
      documentedDefault = markdown;
      return this;
    }

    /**
     * Omits the option from stored text and fingerprints while it has its default value.
     *
     * <p>An option with a default value that is added to an existing scope needs it if it changes
     * answers. Fingerprints of earlier versions do not contain the option. Without this, they would
     * differ from all new ones, and {@code only_new} would refuse every existing table.
     */
    Builder<T> notStoredIfDefault() {
      storedIfDefault = false;
      return this;
    }

    Builder<T> in(OptionScope first, OptionScope... others) {
      scopes.addAll(EnumSet.of(first, others));
      return this;
    }

    Builder<T> means(String markdown) {
      meaning = markdown;
      return this;
    }

    /** Gives the option another meaning in one scope. */
    Builder<T> meansIn(OptionScope scope, String markdown) {
      scopes.add(scope);
      meanings.put(scope, markdown);
      return this;
    }

    /**
     * Ends the definition.
     *
     * @param kinds the answers that the option changes. They are part of the fingerprint of a
     *     request, so that a run with {@code only_new} does not mix different answers
     */
    OptionDefinition<T> changesAnswersOf(AnswerKind first, AnswerKind... kinds) {
      return add(EnumSet.of(first, kinds));
    }

    /** Ends the definition of an option that changes the answers of every kind. */
    OptionDefinition<T> changesAllAnswers() {
      return add(EnumSet.allOf(AnswerKind.class));
    }

    /** Ends the definition of an option that changes no answers. */
    OptionDefinition<T> changesNoAnswers() {
      return add(EnumSet.noneOf(AnswerKind.class));
    }

    private OptionDefinition<T> add(Set<AnswerKind> kinds) {
      OptionDefinition<T> definition = new OptionDefinition<>(this, kinds);
      table.accept(definition);
      return definition;
    }
  }
}

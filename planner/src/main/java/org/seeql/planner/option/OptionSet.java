package org.seeql.planner.option;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.seeql.planner.statement.AttributeValue;
import org.seeql.planner.statement.Attributes;

/**
 * Options as specified, not yet validated: by name, in order, each with its value and its origin.
 * Immutable.
 *
 * <p>{@code --batch-size}, {@code batch_size} and {@code BATCH_SIZE} are the same name. An alias of
 * an option, such as {@code write_mode}, is stored under the option's name.
 */
public final class OptionSet {
  public static final OptionSet NONE = new OptionSet(new LinkedHashMap<>());

  private final Map<String, Option> options;

  private OptionSet(Map<String, Option> options) {
    this.options = Collections.unmodifiableMap(options);
  }

  /**
   * Options by name, all from the same origin.
   *
   * @param origin where the options were specified, to complete the sentence "it comes from …"
   */
  public static OptionSet of(Map<String, String> values, String origin) {
    OptionSet set = NONE;
    for (Map.Entry<String, String> entry : values.entrySet()) {
      set = set.with(entry.getKey(), entry.getValue(), origin);
    }
    return set;
  }

  /** The attributes of {@code WITH} or {@code OPTIONS}. */
  public static OptionSet of(Attributes attributes, String origin) {
    OptionSet set = NONE;
    for (Map.Entry<String, AttributeValue> entry : attributes.values().entrySet()) {
      set = set.with(entry.getKey(), entry.getValue().text(), origin);
    }
    return set;
  }

  /** These options with one more, which replaces an option of the same name. */
  public OptionSet with(String name, String value, String origin) {
    Map<String, Option> copy = new LinkedHashMap<>(options);
    String canonical = canonicalName(name);
    copy.put(canonical, new Option(canonical, value, origin));
    return new OptionSet(copy);
  }

  /** These options without one of them. */
  public OptionSet without(String name) {
    Map<String, Option> copy = new LinkedHashMap<>(options);
    copy.remove(canonicalName(name));
    return new OptionSet(copy);
  }

  /** These options and the other's, which override options of the same name. */
  public OptionSet overriddenBy(OptionSet other) {
    Map<String, Option> copy = new LinkedHashMap<>(options);
    copy.putAll(other.options);
    return new OptionSet(copy);
  }

  /** The options with one of the given names. */
  public OptionSet only(Collection<String> names) {
    Map<String, Option> copy = new LinkedHashMap<>(options);
    copy.keySet().retainAll(names);
    return new OptionSet(copy);
  }

  public Optional<Option> find(String name) {
    return Optional.ofNullable(options.get(canonicalName(name)));
  }

  public Collection<Option> options() {
    return options.values();
  }

  /** The name under which an option is stored: lower case, with underscores, not an alias. */
  public static String canonicalName(String name) {
    return OptionTable.canonicalName(name.strip().replace('-', '_').toLowerCase(Locale.ROOT));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OptionSet set && options.equals(set.options);
  }

  @Override
  public int hashCode() {
    return options.hashCode();
  }

  @Override
  public String toString() {
    return options.values().toString();
  }
}

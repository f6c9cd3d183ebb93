package org.seeql.planner.optimizer;

import java.util.LinkedHashMap;
import java.util.Map;
import org.seeql.planner.model.ClassSkill;
import org.seeql.planner.model.PresenceSample;

/**
 * The rows of a sample, and the answers of an assignment's models for each. Rows with the same
 * truth and the same answers are merged into one kind. Intermediate vectors are cached between
 * assignments. A change of model costs one pass over the rows for its class and for each later
 * class by name. Not thread-safe.
 */
final class SampleRows {
  private final Instance instance;
  private final SearchBudget work;

  /** The index of the first row of each kind. */
  private final int[] row;

  private final int[] truth;
  private final double[] weights;

  /**
   * Yes (1) or no (0) for each kind, by variable and model; the truth if the model has only rates.
   */
  private final byte[][][] replies;

  /**
   * For each kind, the answers of the classes before a position; the next higher bit is set if the
   * predicate holds.
   */
  private final int[][] vectors;

  private final int[] assigned;
  private int placesKnown;

  /**
   * @param holds whether the predicate holds, by vector
   */
  SampleRows(Instance instance, PresenceSample sample, boolean[] holds, SearchBudget work) {
    this.instance = instance;
    this.work = work;
    int[] columns = columns(sample);
    Map<String, Integer> kinds = new LinkedHashMap<>();
    int[] kindOf = new int[sample.rows().size()];
    for (int r = 0; r < kindOf.length; r++) {
      kindOf[r] = kinds.merge(kind(sample, r, columns), kinds.size(), (known, more) -> known);
    }
    row = new int[kinds.size()];
    truth = new int[kinds.size()];
    weights = new double[kinds.size()];
    double total = sample.weights().stream().mapToDouble(w -> w).sum();
    for (int r = 0; r < kindOf.length; r++) {
      row[kindOf[r]] = r;
      truth[kindOf[r]] = truthOf(sample, r, columns);
      weights[kindOf[r]] += sample.weights().get(r) / total;
    }
    int variables = instance.variables();
    replies = new byte[variables][instance.models().size() + 1][];
    for (int variable = 0; variable < variables; variable++) {
      fillIn(variable);
    }
    vectors = new int[variables][row.length];
    for (int kind = 0; kind < row.length; kind++) {
      vectors[0][kind] = holds[truth[kind]] ? holds.length : 0;
    }
    assigned = new int[variables];
  }

  private int[] columns(PresenceSample sample) {
    int[] columns = new int[instance.variables()];
    for (int variable = 0; variable < columns.length; variable++) {
      columns[variable] = sample.classes().indexOf(instance.className(variable));
    }
    return columns;
  }

  private static int truthOf(PresenceSample sample, int r, int[] columns) {
    int values = 0;
    for (int variable = 0; variable < columns.length; variable++) {
      if (sample.rows().get(r).charAt(columns[variable]) == '1') {
        values |= 1 << variable;
      }
    }
    return values;
  }

  /** The truth and all answers of a row. */
  private String kind(PresenceSample sample, int r, int[] columns) {
    StringBuilder kind = new StringBuilder().append(truthOf(sample, r, columns)).append(' ');
    for (int variable = 0; variable < columns.length; variable++) {
      for (int model : instance.candidates(variable)) {
        if (skill(variable, model) instanceof ClassSkill.Answers answers) {
          kind.append(answers.saysYes(r) ? '1' : '0');
        }
      }
    }
    return kind.toString();
  }

  private ClassSkill skill(int variable, int model) {
    return instance.models().get(model).classes().get(instance.className(variable));
  }

  private void fillIn(int variable) {
    byte[] shown = new byte[row.length];
    for (int kind = 0; kind < row.length; kind++) {
      shown[kind] = (byte) (truth[kind] >> variable & 1);
    }
    replies[variable][instance.models().size()] = shown;
    for (int model : instance.candidates(variable)) {
      replies[variable][model] = shown;
      if (skill(variable, model) instanceof ClassSkill.Answers answers) {
        byte[] yes = new byte[row.length];
        for (int kind = 0; kind < row.length; kind++) {
          yes[kind] = (byte) (answers.saysYes(row[kind]) ? 1 : 0);
        }
        replies[variable][model] = yes;
      }
    }
  }

  /** The number of kinds. */
  int count() {
    return row.length;
  }

  /** The index of a model that always answers the truth. */
  int truthful() {
    return instance.models().size();
  }

  /** The share of the rows for which a model gives an answer and the class has a truth value. */
  double share(int variable, int model, int shown, int answer) {
    double share = 0;
    for (int kind = 0; kind < row.length; kind++) {
      if ((truth[kind] >> variable & 1) == shown && replies[variable][model][kind] == answer) {
        share += weights[kind];
      }
    }
    return share;
  }

  /**
   * The shares of the answer vectors, with the truth in place of models that have only rates. The
   * first half is for rows where the predicate does not hold in truth, the second half for rows
   * where it holds.
   */
  double[] shares(int[] assignment) {
    int[] places = instance.sorted();
    int last = places.length - 1;
    int place = 0;
    while (place < Math.min(placesKnown, last) && assigned[place] == assignment[places[place]]) {
      place++;
    }
    for (; place < last; place++) {
      say(place, places[place], assignment[places[place]]);
    }
    placesKnown = last;
    int variable = places[last];
    byte[] yes = replies[variable][assignment[variable]];
    int[] before = vectors[last];
    double[] shares = new double[2 << places.length];
    for (int kind = 0; kind < yes.length; kind++) {
      shares[before[kind] | yes[kind] << variable] += weights[kind];
    }
    work.add(yes.length);
    return shares;
  }

  private void say(int place, int variable, int model) {
    assigned[place] = model;
    byte[] yes = replies[variable][model];
    int[] before = vectors[place];
    int[] after = vectors[place + 1];
    for (int kind = 0; kind < yes.length; kind++) {
      after[kind] = before[kind] | yes[kind] << variable;
    }
    work.add(yes.length);
  }
}

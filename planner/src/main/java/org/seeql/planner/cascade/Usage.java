package org.seeql.planner.cascade;

/**
 * On which rows one class of a plan makes models run.
 *
 * @param paid by model of the instance: the rows on which the class is evaluated and the model does
 *     not run for other classes
 */
@SuppressWarnings("ArrayRecordComponent") // read in inner loops
record Usage(long[][] paid) {

  static Usage of(CandidateEvaluator evaluator, Candidate plan, int variable) {
    CascadeInstance instance = evaluator.instance();
    int rows = instance.selection().rows();
    States states = new States(instance, plan.ladders());
    long[] evaluated = RowSet.empty(rows);
    long[][] others = new long[instance.models()][];
    evaluator
        .replay(
            plan,
            (model, readers, partition, from, to) -> {
              boolean isRead = (readers >>> variable & 1) != 0;
              boolean isReadByOthers = (readers & ~(1 << variable)) != 0;
              int global = states.models()[model];
              if (isReadByOthers && others[global] == null) {
                others[global] = RowSet.empty(rows);
              }
              for (int i = from; i < to; i++) {
                if (isRead) {
                  RowSet.add(evaluated, partition.row(i));
                }
                if (isReadByOthers) {
                  RowSet.add(others[global], partition.row(i));
                }
              }
            })
        .cost();
    long[][] paid = new long[instance.models()][];
    for (int model = 0; model < paid.length; model++) {
      paid[model] = evaluated.clone();
      for (int i = 0; others[model] != null && i < evaluated.length; i++) {
        paid[model][i] &= ~others[model][i];
      }
    }
    return new Usage(paid);
  }
}

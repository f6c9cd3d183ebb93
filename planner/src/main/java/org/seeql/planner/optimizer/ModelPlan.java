package org.seeql.planner.optimizer;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;

/** A plan that decides for each image, by models that run one after another. */
public interface ModelPlan extends Serializable {

  Strategy strategy();

  /** Every model that the plan may run, in order. */
  SortedSet<String> models();

  /** The models that answer each class. */
  SortedMap<String, List<String>> assignment();

  Step root();

  /** The number of nodes. */
  int size();

  /** The nodes for display. Their ids are their indices. */
  List<PlanNode> outline();

  /** Mean milliseconds per image, without decoding and loading. */
  double expectedCostMillis();

  Quality quality();

  /** What is certified about the quality of the answers, one sentence each; may be empty. */
  default List<String> guarantees() {
    return List.of();
  }

  /** Totals for people, one per line. */
  String totals();

  /**
   * The plan as a tree of maps, lists, strings and numbers, for JSON.
   *
   * @param planningMillis the time that the choice took
   */
  Map<String, Object> document(double planningMillis);
}

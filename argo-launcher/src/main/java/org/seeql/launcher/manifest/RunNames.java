package org.seeql.launcher.manifest;

import static java.util.Objects.requireNonNull;

/** What the objects of a run are called. */
public sealed interface RunNames {

  /** The name of the workflow, from which all other names derive. */
  String workflow();

  /** The ConfigMap with the program. */
  String program();

  /** A run by itself. */
  record OneRun(String workflow) implements RunNames {
    // what Spark and its operators append has to fit into 63 letters
    private static final int LONGEST = 40;

    public OneRun {
      KubernetesNames.requireLabel("name", workflow);
      if (workflow.length() > LONGEST) {
        throw new SubmissionException(
            "Invalid name: '%s' has %d letters (at most %d)"
                .formatted(workflow, workflow.length(), LONGEST));
      }
    }

    @Override
    public String program() {
      return workflow + "-program";
    }
  }

  /**
   * Each run of a schedule, to which Argo gives a name as it starts. The program of the schedule
   * may change while a run of it goes on, which keeps the program that it began with.
   *
   * @param program the ConfigMap, another one for every program
   */
  record EachFiring(String program) implements RunNames {
    public EachFiring {
      requireNonNull(program, "program is null");
    }

    /** What Argo puts the name for. */
    @Override
    public String workflow() {
      return "{{workflow.name}}";
    }
  }
}

package org.seeql.launcher.manifest;

import static java.util.Objects.requireNonNull;

/** The names of a run's objects. */
public sealed interface RunNames {

  /** The name of the workflow, from which the other names are derived. */
  String workflow();

  /** The ConfigMap with the program. */
  String program();

  /** A single run. */
  record OneRun(String workflow) implements RunNames {
    // the suffixes of Spark and its operators must fit into 63 characters
    private static final int LONGEST = 40;

    public OneRun {
      KubernetesNames.requireLabel("name", workflow);
      if (workflow.length() > LONGEST) {
        throw new SubmissionException(
            "Invalid name: '%s' has %d characters (at most %d)"
                .formatted(workflow, workflow.length(), LONGEST));
      }
    }

    @Override
    public String program() {
      return workflow + "-program";
    }
  }

  /**
   * The runs of a schedule. Argo names each run when it starts. The program of the schedule may
   * change while a run is active; that run keeps its program.
   *
   * @param program the name of the ConfigMap, different for every program
   */
  record EachFiring(String program) implements RunNames {
    public EachFiring {
      requireNonNull(program, "program is null");
    }

    /** The placeholder that Argo replaces with the name. */
    @Override
    public String workflow() {
      return "{{workflow.name}}";
    }
  }
}

package org.seeql.launcher.cluster;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.seeql.launcher.cluster.NodeStates.NodeState;
import org.seeql.planner.parser.ProgramParser;
import org.seeql.planner.parser.SqlSyntaxException;
import org.seeql.planner.parser.StatementWords;
import org.seeql.planner.statement.CreateModelStatement;
import org.seeql.planner.statement.DescribeModelStatement;
import org.seeql.planner.statement.DropModelStatement;
import org.seeql.planner.statement.EvaluateStatement;
import org.seeql.planner.statement.ExplainPlanStatement;
import org.seeql.planner.statement.ExplainStatement;
import org.seeql.planner.statement.FindStatement;
import org.seeql.planner.statement.PredictStatement;
import org.seeql.planner.statement.RunStatement;
import org.seeql.planner.statement.ShowModelsStatement;
import org.seeql.planner.statement.ShowRunsStatement;
import org.seeql.planner.statement.ShowTrainStatement;
import org.seeql.planner.statement.SqlStatement;
import org.seeql.planner.statement.Statement;
import org.seeql.planner.statement.TrainStatement;

/**
 * Finds the statements of a run that started, did not succeed, and are not idempotent: plain SQL
 * other than queries, and programs in their own containers. Inference skips completed partitions,
 * and a model is registered only once.
 */
public final class HalfDoneStatements {
  private static final Set<String> STARTED = Set.of("Running", "Failed", "Error");

  /** Statements that certainly only read. */
  private static final Pattern QUERY =
      Pattern.compile("(?is)\\s*(SHOW\\b.*|SELECT\\b(?!.*\\bINTO\\b).*)");

  private final Cluster cluster;

  public HalfDoneStatements(Cluster cluster) {
    this.cluster = requireNonNull(cluster, "cluster is null");
  }

  /**
   * Their text by statement number, without comments and string contents. Empty if the run
   * succeeded.
   */
  public SortedMap<Integer, String> of(RunStatus status) {
    return status.summary().hasSucceeded()
        ? new TreeMap<>()
        : of(new RunReader(cluster).find(status.summary().run()));
  }

  SortedMap<Integer, String> of(RunObject run) {
    return cluster.ask("read the started statements of " + run.name(), () -> started(run));
  }

  private SortedMap<Integer, String> started(RunObject run) {
    Optional<SortedMap<Integer, NodeState>> nodes = NodeStates.of(run);
    RunPods pods = RunPods.of(cluster, run.name());
    String program =
        run.programConfig()
            .flatMap(new ProgramConfig(cluster)::find)
            .map((ConfigMap config) -> ProgramConfig.text(config))
            .orElse("");
    List<String> words = StatementWords.of(program);
    List<Statement> statements = parsed(program);
    SortedMap<Integer, String> started = new TreeMap<>();
    for (RunObject.Task task : run.tasks()) {
      int number = task.statement();
      String phase =
          nodes
              .flatMap(states -> Optional.ofNullable(states.get(number)))
              .map(NodeState::phase)
              .orElse("");
      boolean hasStarted = STARTED.contains(phase) || pods.working(number, task.work()).isPresent();
      if (!task.infers()
          && hasStarted
          && !RunObject.isSuccess(phase)
          && changes(statements, number)) {
        started.put(
            number,
            number <= words.size() ? words.get(number - 1) : "its program is not available");
      }
    }
    return started;
  }

  private static List<Statement> parsed(String program) {
    try {
      return ProgramParser.parse(program).statements();
    } catch (SqlSyntaxException e) {
      return List.of(); // another version's syntax: assume that every statement changes something
    }
  }

  private static boolean changes(List<Statement> statements, int number) {
    if (number > statements.size()) {
      return true;
    }
    return statements.get(number - 1).accept(new Changes());
  }

  /** Whether a statement that starts again may change something twice. */
  private static final class Changes implements Statement.Visitor<Boolean> {
    @Override
    public Boolean visitSql(SqlStatement statement) {
      return !QUERY.matcher(statement.sql()).matches();
    }

    /** Tasks that infer are not asked about, so this is a program in its own container. */
    @Override
    public Boolean visitRun(RunStatement statement) {
      return true;
    }

    @Override
    public Boolean visitPredict(PredictStatement statement) {
      return false;
    }

    @Override
    public Boolean visitFind(FindStatement statement) {
      return false;
    }

    @Override
    public Boolean visitTrain(TrainStatement statement) {
      return false;
    }

    @Override
    public Boolean visitEvaluate(EvaluateStatement statement) {
      return false;
    }

    @Override
    public Boolean visitExplain(ExplainStatement statement) {
      return false;
    }

    @Override
    public Boolean visitCreateModel(CreateModelStatement statement) {
      return false;
    }

    @Override
    public Boolean visitDropModel(DropModelStatement statement) {
      return false;
    }

    @Override
    public Boolean visitShowRuns(ShowRunsStatement statement) {
      return false;
    }

    @Override
    public Boolean visitShowModels(ShowModelsStatement statement) {
      return false;
    }

    @Override
    public Boolean visitDescribeModel(DescribeModelStatement statement) {
      return false;
    }

    @Override
    public Boolean visitShowTrain(ShowTrainStatement statement) {
      return false;
    }

    @Override
    public Boolean visitExplainPlan(ExplainPlanStatement statement) {
      return false;
    }
  }
}

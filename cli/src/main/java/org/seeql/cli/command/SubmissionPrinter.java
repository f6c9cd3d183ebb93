package org.seeql.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.stream.Collectors;
import org.seeql.cli.console.Channel;
import org.seeql.cli.console.Console;
import org.seeql.cli.console.Style;
import org.seeql.launcher.cluster.Submitted;

/**
 * Prints the outcome of a submission: the run's name on standard output, and suggested next
 * commands on standard error.
 */
final class SubmissionPrinter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Console console;
  private final SummaryFormat format;
  private final ClusterOptions cluster;

  SubmissionPrinter(Console console, SummaryFormat format, ClusterOptions cluster) {
    this.console = console;
    this.format = format;
    this.cluster = cluster;
  }

  void print(Submitted submitted, String runId) {
    if (format == SummaryFormat.JSON) {
      ObjectNode document = document(submitted.run());
      document.put("run_id", runId);
      document.put("outcome", submitted.outcome().name().toLowerCase(Locale.ROOT));
      document.put("phase", submitted.phase());
      document.put("same_options", submitted.sameOptions());
      console.out().println(RunPrinter.text(document));
      return;
    }
    String where = " in namespace " + cluster.namespace();
    switch (submitted.outcome()) {
      case CREATED -> headline("submitted" + where + ", run id " + runId);
      case COMPLETED -> headline("completed an earlier submission" + where);
      case ALREADY_THERE ->
          headline("already submitted" + where + ": it is " + submitted.phase() + ", unchanged");
    }
    if (!submitted.sameOptions()) {
      console
          .err()
          .println("  the run keeps the options of its first submission, which are different");
    }
    next(submitted.run(), submitted.phase());
  }

  void printResumed(String run, NavigableSet<Integer> done) {
    if (format == SummaryFormat.JSON) {
      ObjectNode document = document(run);
      document.put("outcome", "resumed");
      ArrayNode left = document.putArray("done_before");
      done.forEach(left::add);
      console.out().println(RunPrinter.text(document));
      return;
    }
    headline(
        done.isEmpty()
            ? "resumed; no statement had completed"
            : "resumed without the completed "
                + (done.size() == 1 ? "statement " : "statements ")
                + done.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    next(run, "Pending");
  }

  private ObjectNode document(String run) {
    ObjectNode document = JSON.createObjectNode();
    document.put("run", run);
    document.put("namespace", cluster.namespace());
    return document;
  }

  private void headline(String text) {
    console.messages().println(console.messages().paint(Style.GREEN, "✓ ") + text);
  }

  private void next(String run, String phase) {
    console.out().println(run);
    Channel err = console.messages();
    List<String> arguments = cluster.arguments();
    if (phase.equals("Failed") || phase.equals("Error")) {
      err.println("  resume  " + NextCommands.resume(console.program(), run, arguments));
    }
    err.println("  status  " + NextCommands.on(console.program(), "status", run, arguments));
    err.println(
        "  logs    " + NextCommands.on(console.program(), "logs", run, arguments) + " --follow");
    err.println("  wait    " + NextCommands.on(console.program(), "wait", run, arguments));
    err.println("  cancel  " + NextCommands.on(console.program(), "cancel", run, arguments));
  }
}

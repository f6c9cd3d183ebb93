package org.seeql.cli.command;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seeql.cli.console.Console;
import org.seeql.cli.console.RowFormat;
import org.seeql.cli.console.RowPrinter;
import org.seeql.cli.console.TablePrinter;
import org.seeql.cli.console.TablePrinter.Layout;
import org.seeql.database.credential.Redaction;
import org.seeql.database.jdbc.DatabaseErrors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.Privilege;
import org.seeql.database.jdbc.Privileges;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.job.check.RequiredPrivileges;
import org.seeql.launcher.cluster.Cluster;
import org.seeql.launcher.cluster.RunReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code seeql doctor}: checks what SeeQL needs, and changes nothing. */
@Command(
    name = "doctor",
    description = {
      "Checks what SeeQL needs: Java, native libraries, folders, the database and the rights on it, "
          + "Spark, the cluster, the GPU.",
      "Exit code 1 if a check failed."
    })
final class DoctorCommand implements Callable<Integer> {
  private static final List<String> COLUMNS = List.of("check", "state", "found", "cure");
  private static final Pattern STANDALONE = Pattern.compile("spark://([^:,/]+):(\\d+).*");
  private static final int PATIENCE_MILLIS = 3_000;

  private final Invocation invocation;

  @Mixin private RowOutput rows;
  @Mixin private DatabaseOptions database;
  @Mixin private ClusterOptions cluster;

  @Option(
      names = "--master",
      paramLabel = "MASTER",
      defaultValue = "local[*]",
      description = "Spark's master. Default: ${DEFAULT-VALUE}.")
  private String master;

  DoctorCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Map<String, Finding> findings = findings();
    List<List<Object>> table = new ArrayList<>();
    findings.forEach(
        (check, finding) ->
            table.add(
                Arrays.asList(
                    check,
                    finding.state().word(),
                    Redaction.of(finding.found()),
                    finding.cure().orElse(""))));
    int exitCode =
        findings.values().stream().anyMatch(f -> f.state() == Finding.State.FAILED)
            ? ExitCode.REFUSED
            : ExitCode.DONE;
    rows.write(
        invocation,
        console -> {
          printer(console).print(COLUMNS, table.iterator());
          return ExitCode.DONE;
        });
    return exitCode;
  }

  private RowPrinter printer(Console console) {
    return rows.format() == RowFormat.TABLE
        ? new TablePrinter(console.out(), Layout.WRAPPED)
        : rows.format().on(console.out());
  }

  private Map<String, Finding> findings() {
    Map<String, Finding> findings = new LinkedHashMap<>();
    findings.put("Java", MachineChecks.java());
    findings.put("ONNX Runtime", MachineChecks.onnxRuntime());
    findings.put("PyTorch", MachineChecks.pytorch());
    findings.put("JPEG", MachineChecks.jpeg());
    findings.put("GPU", MachineChecks.gpu());
    findings.put("model store", MachineChecks.folder(invocation.cacheHome().resolve("models")));
    findings.put(
        "temporary files", MachineChecks.folder(Path.of(System.getProperty("java.io.tmpdir"))));
    database(findings);
    findings.put("Spark", guarded(this::spark, "check --master, and whether Spark runs"));
    findings.put(
        "cluster", guarded(this::kubernetes, "correct KUBECONFIG, or ask an administrator"));
    return findings;
  }

  private static Finding guarded(Supplier<Finding> check, String cure) {
    try {
      return check.get();
    } catch (RuntimeException e) {
      return Finding.failed(String.valueOf(e.getMessage()), cure);
    }
  }

  private void database(Map<String, Finding> findings) {
    try (OpenDatabase open = database.open(invocation);
        DatabaseSession session = DatabaseSession.open(open.connector())) {
      open.directory().ifPresent(folder -> findings.put("data", MachineChecks.folder(folder)));
      String version =
          session
              .findFirst("SELECT VERSION()", row -> row.getString(1))
              .orElse("of an unknown version");
      findings.put(
          "database", Finding.ok("%s at %s".formatted(version, open.connector().address())));
      findings.put(
          "rights on " + SystemSchema.DATABASE,
          rights(
              session, SystemSchema.DATABASE, RequiredPrivileges.OF_SYSTEM, Finding.State.FAILED));
      Optional<String> own = session.findFirst("SELECT DATABASE()", row -> row.getString(1));
      if (own.isPresent()) {
        findings.put(
            "rights on " + own.get(),
            rights(session, own.get(), RequiredPrivileges.OF_NEW_RESULT, Finding.State.WARNING));
      }
    } catch (SQLException e) {
      findings.put(
          "database",
          Finding.failed(DatabaseErrors.message(e), "correct --database, --user or the server"));
    } catch (RuntimeException e) {
      findings.put(
          "database",
          Finding.failed(
              String.valueOf(e.getMessage()), "correct --database, --user or the server"));
    }
  }

  private static Finding rights(
      DatabaseSession session, String on, List<Privilege> needed, Finding.State state)
      throws SQLException {
    List<Privilege> missing = new Privileges(session).missing(on, needed);
    if (missing.isEmpty()) {
      return Finding.ok("all that runs need");
    }
    return new Finding(
        state,
        "%s lacks %s"
            .formatted(
                Privileges.account(session),
                String.join(", ", missing.stream().map(Privilege::words).toList())),
        Optional.of(Privileges.grant(session, missing, on)));
  }

  private Finding spark() {
    Matcher standalone = STANDALONE.matcher(master);
    if (!standalone.matches()) {
      return Finding.ok(
          master.startsWith("local")
              ? "%s, %d cores".formatted(master, Runtime.getRuntime().availableProcessors())
              : master + ", not contacted");
    }
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(standalone.group(1), Integer.parseInt(standalone.group(2))),
          PATIENCE_MILLIS);
      return Finding.ok(master + " answers");
    } catch (IOException e) {
      return Finding.failed(
          "%s does not answer: %s".formatted(master, e.getMessage()),
          "check --master, and whether Spark runs");
    }
  }

  private Finding kubernetes() {
    if (!cluster.isConfigured(invocation)) {
      return Finding.ok("not configured");
    }
    try (Cluster open = cluster.open(invocation)) {
      int runs = new RunReader(open).list().size();
      return Finding.ok("%d runs in namespace %s".formatted(runs, open.namespace()));
    }
  }
}

package org.seeql.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.cli.command.CommandLineRunner.Outcome;
import org.seeql.cli.console.Capture;
import org.seeql.cli.console.Console;

/** Command lines that end before a server or Spark is started. */
class SeeqlTest {

  @TempDir Path directory;

  @Test
  void showsItsCommandsWhenNoneIsGiven() {
    Outcome outcome = run();

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("Usage: seeql").contains("  run ").contains("  import ");
    assertThat(outcome.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "run",
        "import",
        "import folder",
        "import coco",
        "import voc",
        "export",
        "export coco",
        "export sql",
        "report",
        "compare",
        "parse"
      })
  void hasHelpForEveryCommand(String command) {
    Outcome outcome = run((command + " --help").split(" "));

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).startsWith("Usage: seeql " + command);
  }

  @Test
  void suggestsTheNearestOption() {
    assertThat(run("run", "--batch_sze=3", "-e", "SELECT 1"))
        .isEqualTo(
            refused(
                "Unknown option: '--batch-sze=3'\n"
                    + "Possible solutions: --batch-size\n"
                    + "See seeql run --help\n"));
  }

  @Test
  void acceptsOptionsOfTheDatabaseBeforeTheCommand() {
    assertThat(
            run("--database=jdbc:mysql://db/x", "--data-dir", "d", "run", "-e", "SELECT 1").err())
        .startsWith("Cannot use --database and --data-dir together");
    assertThat(run("--data-dir", "d", "parse", "x.sql").err())
        .startsWith("Unknown option: '--data-dir'");
  }

  @Test
  void showsOptionsWithDashesAndAcceptsUnderscores() {
    assertThat(run("run", "--help").out()).contains("--only-new").doesNotContain("--only_new");
    assertThat(run("run", "--only_new=maybe", "-e", "SELECT * FROM i TO PREDICT t.c USING m").err())
        .contains("Invalid value for only_new: 'maybe'")
        .contains("it comes from the command line (--only-new)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"help run", "run --help"})
  void explainsACommand(String arguments) {
    assertThat(run(arguments.split(" ")).out()).startsWith("Usage: seeql run ");
  }

  @Test
  void suggestsCommandsWithTheWordThatWasTyped() {
    Outcome outcome = new CommandLineRunner(directory).with("SEEQL_COMMAND", "../seeql").run("rum");

    assertThat(outcome.err())
        .contains("Did you mean: ../seeql run or ../seeql runs?", "See ../seeql --help");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void printsACompletionScript(String shell) throws Exception {
    Outcome outcome = run("completion", shell);

    assertThat(outcome.exitCode()).isZero();
    Path script = Files.writeString(directory.resolve("seeql.bash"), outcome.out());
    Process bash =
        new ProcessBuilder(
                "bash",
                "-c",
                "source '"
                    + script
                    + "'; COMP_WORDS=(seeql run --batch); COMP_CWORD=2; COMP_LINE='seeql run --batch';"
                    + " _complete_seeql; echo \"${COMPREPLY[*]}\"")
            .redirectErrorStream(true)
            .start();
    assertThat(new String(bash.getInputStream().readAllBytes(), UTF_8).strip())
        .contains("--batch-size");
  }

  @Test
  void printsACompletionScriptForFish() {
    assertThat(run("completion", "fish").out().lines())
        .contains(
            "complete -c seeql -f",
            "complete -c seeql -n '__fish_seen_subcommand_from run' -l csv-safe -d 'With"
                + " --format=csv: writes an apostrophe before text that a spreadsheet would interpret"
                + " as a formula.'")
        .anyMatch(
            line ->
                line.startsWith(
                    "complete -c seeql -n '__fish_seen_subcommand_from import; and not"
                        + " __fish_seen_subcommand_from folder coco voc yolo' -a coco -d "));
  }

  @Test
  void suggestsTheNearestCommand() {
    assertThat(run("rum"))
        .isEqualTo(
            refused(
                "Unmatched argument at index 0: 'rum'\n"
                    + "Did you mean: seeql run or seeql runs?\n"
                    + "See seeql --help\n"));
  }

  @Test
  void requiresOneProgram() {
    assertThat(run("run"))
        .isEqualTo(
            refused(
                "Error: Missing required argument (specify one of these): (-e=SQL | FILE |"
                    + " --resume=RUN_ID)\n"
                    + "See seeql run --help\n"));
    assertThat(run("run", "-e", "SELECT 1", "file.sql").exitCode()).isEqualTo(1);
  }

  @Test
  void refusesAnUnknownFormat() {
    assertThat(run("run", "--format=xml", "-e", "SELECT 1"))
        .isEqualTo(
            refused(
                "Invalid value for option '--format': expected one of [TABLE, CSV, JSON,"
                    + " JSONL, TSV, MARKDOWN] (case-insensitive) but was 'xml'\n"
                    + "See seeql run --help\n"));
  }

  @Test
  void refusesAMissingProgram() {
    assertThat(run("run", "missing.sql"))
        .isEqualTo(
            refused(
                "Cannot read the program "
                    + directory.resolve("missing.sql")
                    + ": no such file; use -e to pass SQL as an argument\n"));
  }

  @Test
  void refusesAProgramThatIsNotText() throws IOException {
    Files.write(directory.resolve("p.sql"), new byte[] {(byte) 0xff, (byte) 0xfe});

    assertThat(run("run", "p.sql"))
        .isEqualTo(
            refused(
                "Cannot read the program "
                    + directory.resolve("p.sql")
                    + ": it is not UTF-8 text\n"));
  }

  @Test
  void showsASyntaxErrorBeforeItStartsAnything() {
    assertThat(run("run", "--database=jdbc:mysql://nowhere/x", "-e", "SELECT 1 TO RUNN x"))
        .isEqualTo(
            refused(
                """
                line 1, column 13: Unknown clause TO RUNN
                  SELECT 1 TO RUNN x
                              ^
                expected: RUN, PREDICT, FIND, TRAIN, EVALUATE, EXPLAIN
                """));
  }

  @Test
  void checksAllStatementsOfAProgramBeforeItStartsAnything() {
    assertThat(
            run(
                "run",
                "--database=jdbc:mysql://nowhere/x",
                "-e",
                """
                INSERT INTO t VALUES (1);
                CREATE MODEL m OPTIONS (uri = 'm.onnx', letterbocks = 'stretch');
                SELECT * FROM i TO RUN x CMD 'detcet', '--model=m' INTO d.a;
                SELECT * FROM i TO TRAIN clasifier WITH backbone = 'm' LABEL place INTO places;
                SELECT * FROM i TO EXPLAIN m USING rize INTO d.b;
                SELECT * FROM i TO FIND dog WITH min_recal = 0.9 INTO d.c;
                """))
        .isEqualTo(
            refused(
                """
                Cannot execute the statement at line 2, column 1: Invalid options of model m: unknown \
                option 'letterbocks'; known: letterbox, labels, layout, axes, batch, color, scale, \
                mean, std, precision
                Cannot run the statement at line 3, column 1: Unknown program 'detcet'; known: \
                detect, embed, tag, classify, run_yolov5.py, tf_object_detection.py, \
                yolov3_detect_variant.py, run_yolov5_variation.py. Any other program of an image \
                runs as a container step on Kubernetes, with `seeql submit --allow-image=x`
                Cannot run the statement at line 4, column 1: Unknown estimator 'clasifier'; \
                known: classifier, tagger
                Cannot run the statement at line 5, column 1: Unknown explainer 'rize'; known: \
                rise, drise, occlusion
                Cannot run the statement at line 6, column 1: Unknown option 'min_recal'; known: \
                min_recall, min_f1, min_accuracy, min_precision, max_pixels, mode, reference, \
                confidence, dataset, device, … (31 in all); it comes from WITH
                No statement of the program was executed
                """));
  }

  @Test
  void theEmbeddedDatabaseNeedsALocalMaster() {
    assertThat(run("run", "--master=spark://h:7077", "-e", "SELECT 1"))
        .isEqualTo(
            refused(
                "Cannot use the embedded database with --master=spark://h:7077: executors on other"
                    + " machines cannot reach it; add --database jdbc:mysql://HOST[:PORT]/DATABASE,"
                    + " or use --master='local[*]'\n"));
  }

  @Test
  void refusesTwoDatabases() {
    assertThat(run("run", "--database=jdbc:mysql://db/x", "--data-dir=d", "-e", "SELECT 1"))
        .isEqualTo(
            refused(
                "Cannot use --database and --data-dir together: --data-dir is the folder of "
                    + "the embedded database, and --database selects another server; leave one of "
                    + "them out\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:mysql://db/x?user=a&password=secret",
        "jdbc:mysql://db/x?PASSWORD=secret",
        "jdbc:mysql://db/x?password1=secret",
        "jdbc:mysql://me:secret@db/x"
      })
  void refusesAPasswordAsAnArgumentWithoutShowingIt(String url) {
    assertThat(run("run", "--database=" + url, "-e", "SELECT 1"))
        .isEqualTo(
            refused(
                "Invalid --database: it contains a password, which the process list and the "
                    + "shell history would show; remove it, and put it into "
                    + "SEEQL_DATABASE_PASSWORD or a file for --password-file\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://u:Hunter2@h/x",
        "jdbc:mariadb://h/x?user=u&password=Hunter2",
        "jdbc:mysql:loadbalance://u:Hunter2@h1,h2/x",
        "mysql+srv://u:Hunter2@h/x",
        "jdbc:mysql://(host=h,user=u,password=Hunter2)/x",
        "jdbc:mysql://address=(host=h)(user=u)(password=Hunter2)/x",
        "jdbc:mysql://h/x?pass%77ord=Hunter2",
        "jdbc:mysql://u%3AHunter2%40h/x",
        "jdbc:mysql://u:Hunter2/x",
        "u:Hunter2@h/x",
        "Hunter2"
      })
  void neverEchoesThePasswordOfAWrongUrl(String url) {
    Outcome refused = run("run", "--verbose", "--database=" + url, "-e", "SELECT 1");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).startsWith("Invalid --database: ").doesNotContain("Hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--databse=jdbc:mysql://u:Hunter2@h/x",
        "jdbc:mysql://h/x?password=Hunter2",
        "mysql://u%3AHunter2%40h/x"
      })
  void neverEchoesThePasswordOfAUrlInTheWrongPlace(String argument) {
    Outcome refused = run("run", "-e", "SELECT 1", argument);

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).isNotEmpty().doesNotContain("Hunter2");
  }

  @Test
  void refusesADatabaseOfAnotherKind() {
    assertThat(run("run", "--database=postgresql://db/x", "-e", "SELECT 1"))
        .isEqualTo(
            refused(
                "Invalid --database: postgresql://db/x (expected"
                    + " jdbc:mysql://HOST[:PORT]/DATABASE)\n"));
  }

  @Test
  void refusesAMissingPasswordFile() {
    assertThat(run("run", "--database=jdbc:mysql://db/x", "--password-file=pw", "-e", "SELECT 1"))
        .isEqualTo(
            refused(
                "Cannot read the password file " + directory.resolve("pw") + ": no such file\n"));
  }

  @Test
  void refusesAUserForTheEmbeddedDatabase() {
    assertThat(run("run", "--user=me", "-e", "SELECT 1"))
        .isEqualTo(
            refused(
                "Cannot use --user without --database: the embedded database has its own "
                    + "account\n"));
  }

  @Test
  void requiresAnImportCommand() {
    assertThat(run("import"))
        .isEqualTo(
            refused(
                "Missing command: import folder, import coco, import voc or import yolo\nSee seeql import "
                    + "--help\n"));
    assertThat(run("import", "folder", "photos", "--into=a.b.c"))
        .isEqualTo(
            refused(
                "Invalid value for option '--into': 'a.b.c' is not a table name (expected "
                    + "TABLE or DATABASE.TABLE; put a name that contains a dot in backquotes)\nSee "
                    + "seeql import folder --help\n"));
  }

  @Test
  void reportsAnErrorOfTheJvmAsAFailure() {
    InputStream tooDeep =
        new InputStream() {
          @Override
          public int read() {
            throw new StackOverflowError();
          }
        };
    Capture out = new Capture();
    Capture err = new Capture();

    int exitCode =
        Seeql.run(new Console(tooDeep, out.pipe(), err.pipe()), Map.of(), directory, "run", "-");

    assertThat(exitCode).isEqualTo(2);
    assertThat(out.text()).isEmpty();
    assertThat(err.text())
        .isEqualTo(
            "SeeQL failed: java.lang.StackOverflowError\nRun it again with --verbose to see "
                + "the stack trace\n");
  }

  @Test
  void describesTheExitCodes() {
    assertThat(run("--help").out())
        .contains(
            "Exit codes: 0 done, 1 refused (an error in your input), 2 failed, 130 interrupted, 143"
                + " terminated.");
  }

  private Outcome run(String... arguments) {
    return new CommandLineRunner(directory).with("XDG_DATA_HOME", "/dev/null").run(arguments);
  }

  private static Outcome refused(String message) {
    return new Outcome(1, "", message);
  }
}

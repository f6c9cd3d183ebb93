package org.seeql.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.planner.option.Option;
import org.seeql.planner.option.OptionScope;
import org.seeql.planner.option.OptionTable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;

class InferenceOptionsTest {
  @Command(name = "infer")
  private static final class Infer implements Runnable {
    @Mixin private InferenceOptions inference;

    @Override
    public void run() {}
  }

  @ParameterizedTest
  @CsvSource({
    "--batch_size=3, batch_size, 3",
    "--batch-size=3, batch_size, 3",
    "--write-mode=append, mode, append",
    "--only_new, only_new, true",
    "--only-new=false, only_new, false",
    "--exif_rotation=false, exif_rotation, false"
  })
  void acceptsEverySpelling(String argument, String name, String value) {
    Infer infer = new Infer();

    new CommandLine(infer).parseArgs(Arguments.normalized(argument));

    assertThat(infer.inference.options().options())
        .containsExactly(
            new Option(name, value, "the command line (--" + name.replace('_', '-') + ")"));
  }

  @Test
  void hasTheOptionsOfTheTable() {
    List<String> names =
        new CommandLine(new Infer())
            .getCommandSpec().options().stream()
                .map(o -> o.names()[0].substring(2).replace('-', '_'))
                .toList();

    assertThat(names)
        .containsExactlyElementsOf(OptionTable.of(OptionScope.COMMAND_LINE).names())
        .doesNotContain("latency", "model");
  }

  @Test
  void describesOptionsWithoutMarkdown() {
    assertThat(description("mode"))
        .isEqualTo(
            "The write mode: what happens to an existing target. Values: error, append, overwrite"
                + " (or replace). Default: a table that a run of SeeQL wrote is replaced, any other"
                + " table is refused.");
    assertThat(description("device"))
        .isEqualTo(
            "The device that runs the model. 'auto' uses a GPU if there is one. 'gpu' never falls"
                + " back to the CPU. Values: cpu, gpu, auto. Default: auto.");
    assertThat(description("max_failed_images"))
        .isEqualTo(
            "The number of images, or the share of all selected images, that can fail before the"
                + " run fails. Values: 10, or 5%. Default: 10%.");
    assertThat(description("path_column"))
        .isEqualTo("The column with the path of an image. Default: path, or else file_name.");
  }

  private static String description(String name) {
    OptionSpec option =
        new CommandLine(new Infer()).getCommandSpec().findOption("--" + name.replace('_', '-'));
    return option.description()[0];
  }
}

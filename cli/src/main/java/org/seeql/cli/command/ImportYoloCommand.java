package org.seeql.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.seeql.datasets.yolo.YoloDataSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "yolo",
    description = {
      "Imports a data set in the format of Ultralytics YOLO (a YAML file, images, one label "
          + "file per image) into the same tables as COCO's annotations.",
      "Imports train, val and test, each as a split. With --split NAME, imports only the "
          + "images of this key of the YAML file."
    })
final class ImportYoloCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Parameters(
      paramLabel = "DATA.yaml",
      description = "The YAML file: path, train, val, test, names, kpt_shape.")
  private String file;

  @Option(
      names = "--path",
      paramLabel = "DIR",
      description = "The folder of the data set, in place of path in the YAML file.")
  private String path;

  @Mixin private DataSetImportOptions options;

  ImportYoloCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Optional<Path> root =
        Optional.ofNullable(path)
            .map(folder -> DataSetFolders.existing(invocation, folder, "the data set of"));
    YoloDataSet dataSet =
        YoloDataSet.open(
            invocation.resolve(file),
            file,
            new YoloDataSet.ReadOptions(root, invocation.directory(), options.split()));
    return ImportCocoCommand.run(
        invocation, options, dataSet.imageFolder().toString(), dataSet.sources());
  }
}

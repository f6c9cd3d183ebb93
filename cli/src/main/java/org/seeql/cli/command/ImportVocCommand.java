package org.seeql.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.seeql.datasets.voc.VocFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "voc",
    description = {
      "Imports annotations in Pascal VOC's format (one XML file per image) into the same "
          + "tables as COCO's annotations.",
      "With --split NAME, imports only the images that ImageSets/Main/NAME.txt lists, if "
          + "this file exists."
    })
final class ImportVocCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Parameters(
      paramLabel = "DIR",
      description =
          "A folder with the subfolders Annotations and JPEGImages, or a folder with the XML "
              + "files and the images.")
  private String folder;

  @Option(
      names = "--images",
      paramLabel = "DIR",
      description =
          "The folder or URI that the filename of images is relative to. Default: JPEGImages "
              + "of DIR, or DIR.")
  private String images;

  @Mixin private DataSetImportOptions options;

  ImportVocCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Path root = DataSetFolders.existing(invocation, folder, "the annotations of");
    String imageFolder =
        images == null
            ? VocFolder.images(root).toString()
            : DataSetFolders.imageFolder(invocation, images);
    return ImportCocoCommand.run(
        invocation, options, imageFolder, List.of(VocFolder.open(root, options.split(), folder)));
  }
}

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
      "Imports annotations in Pascal VOC's format, an XML file an image, into the same tables as"
          + " those of COCO.",
      "With --split NAME, only the images of ImageSets/Main/NAME.txt, where there is such a list."
    })
final class ImportVocCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Parameters(
      paramLabel = "DIR",
      description =
          "The folder with Annotations and JPEGImages in it, or one with the XML files and images"
              + " themselves.")
  private String folder;

  @Option(
      names = "--images",
      paramLabel = "DIR",
      description =
          "The folder, or the URI, that the images' filename starts from. Default: JPEGImages of"
              + " DIR, or DIR.")
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

package org.seeql.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/**
 * Generates an annotations file like COCO's, with polygons, a few annotations per image, and 80
 * categories.
 */
final class CocoFileMaker {
  // instances_train2017.json: 860,001 annotations in 118,287 images, 448 MiB
  private static final double ANNOTATIONS_AN_IMAGE = 7.3;
  private static final int POLYGON_NUMBERS = 52;
  private static final int CATEGORIES = 80;
  private static final int WIDTH = 640;
  private static final int HEIGHT = 480;

  private final Random random = new Random(20171);
  private final Writer out;

  private CocoFileMaker(Writer out) {
    this.out = out;
  }

  /** The file with this number of annotations. It is generated if it does not exist. */
  static Path file(Path folder, int annotations) throws IOException {
    Path file = folder.resolve("coco-" + annotations + ".json");
    if (!Files.exists(file)) {
      Path unfinished = folder.resolve("coco.unfinished");
      try (Writer out = Files.newBufferedWriter(unfinished, UTF_8)) {
        new CocoFileMaker(out).write(annotations);
      }
      Files.move(unfinished, file);
    }
    return file;
  }

  private void write(int annotations) throws IOException {
    int images = (int) Math.ceil(annotations / ANNOTATIONS_AN_IMAGE);
    out.write("{\"info\": {\"year\": 2017}, \"licenses\": [], \"images\": [");
    for (int i = 1; i <= images; i++) {
      out.write(
          "%s{\"license\": 4, \"file_name\": \"%012d.jpg\", \"coco_url\": \"http://images.cocodataset.org/train2017/%012d.jpg\", \"height\": %d, \"width\": %d, \"date_captured\": \"2013-11-14 17:02:52\", \"flickr_url\": \"http://farm7.staticflickr.com/6116/%d_z.jpg\", \"id\": %d}"
              .formatted(i == 1 ? "" : ", ", i, i, HEIGHT, WIDTH, i, i));
    }
    out.write("], \"annotations\": [");
    for (int i = 1; i <= annotations; i++) {
      out.write(i == 1 ? "" : ", ");
      annotation(i, 1 + random.nextInt(images));
    }
    out.write("], \"categories\": [");
    for (int i = 1; i <= CATEGORIES; i++) {
      out.write(
          "%s{\"supercategory\": \"thing\", \"id\": %d, \"name\": \"class %d\"}"
              .formatted(i == 1 ? "" : ", ", i, i));
    }
    out.write("]}");
  }

  private void annotation(int id, int image) throws IOException {
    double width = 1 + random.nextDouble(WIDTH / 2.0);
    double height = 1 + random.nextDouble(HEIGHT / 2.0);
    StringBuilder polygon = new StringBuilder();
    for (int i = 0; i < POLYGON_NUMBERS; i++) {
      polygon.append(i == 0 ? "" : ", ").append(hundredths(random.nextDouble(WIDTH)));
    }
    out.write(
        "{\"segmentation\": [[%s]], \"area\": %s, \"iscrowd\": 0, \"image_id\": %d, \"bbox\": [%s, %s, %s, %s], \"category_id\": %d, \"id\": %d}"
            .formatted(
                polygon,
                hundredths(width * height / 2),
                image,
                hundredths(random.nextDouble(WIDTH - width)),
                hundredths(random.nextDouble(HEIGHT - height)),
                hundredths(width),
                hundredths(height),
                1 + random.nextInt(CATEGORIES),
                id));
  }

  private static String hundredths(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}

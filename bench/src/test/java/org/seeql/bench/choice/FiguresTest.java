package org.seeql.bench.choice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class FiguresTest {
  @TempDir Path folder;

  private Path file(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }

  private int draw(String figure, Path file) {
    return new CommandLine(Figures.create())
        .execute(figure, file.toString(), "--output", folder.resolve("out.svg").toString());
  }

  @Test
  void countsTheObjectsOfEachClass() throws Exception {
    Path annotations =
        file(
            "a.json",
            """
            {"images": [{"id": 1, "file_name": "a.jpg", "width": 9, "height": 9}],
             "categories": [{"id": 3, "name": "dog"}, {"id": 1, "name": "cat"}, {"id": 2, "name": "<b>"}],
             "annotations": [
               {"id": 1, "image_id": 1, "category_id": 3, "bbox": [0, 0, 1, 1]},
               {"id": 2, "image_id": 1, "category_id": 3, "bbox": [0, 0, 1, 1]},
               {"id": 3, "image_id": 1, "category_id": 1, "bbox": [0, 0, 1, 1]}]}
            """);

    assertThat(draw("4.5", annotations)).isZero();

    String svg = Files.readString(folder.resolve("out.svg"));
    assertThat(svg).containsSubsequence(">cat<", ">1<", ">&lt;b><", ">0<", ">dog<", ">2<");
  }

  @Test
  void drawsEachModelOfTheTable() throws Exception {
    Path table =
        file(
            "b1.csv",
            "index,model,latency_s,accuracy,class_ids\n1,yolov3,21,0.98,7\n2,yolov5x,1,0.8,3 4 3\n");

    assertThat(draw("4.6", table)).isZero();

    assertThat(Files.readString(folder.resolve("out.svg")))
        .contains("yolov3-1, 1 classes", "yolov5x-2, 2 classes", ">yolov5x<");
  }
}

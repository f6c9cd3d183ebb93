package org.seeql.udf.evaluate;

import java.util.Arrays;

/**
 * The labelled or detected objects of one image in primitive arrays, which are reused for the next
 * image. Boxes are {@code x, y, width, height} in pixels, as in COCO. Not thread-safe.
 */
public final class ImageObjects {
  private static final int BOX = 4;

  private int size;
  private int[] classes = new int[32];
  private double[] boxes = new double[32 * BOX];
  private double[] scores = new double[32];
  private double[] areas = new double[32];
  private boolean[] crowds = new boolean[32];

  /** Removes all objects, for the next image. */
  public void clear() {
    size = 0;
  }

  public int size() {
    return size;
  }

  /**
   * Adds a labelled object.
   *
   * @param classId from 0
   * @param area of the object itself, which may be less than that of its box
   */
  public void addLabelled(
      int classId, double x, double y, double width, double height, double area) {
    add(classId, x, y, width, height);
    areas[size - 1] = area;
  }

  /** Adds a box around many objects of a class; detections in it are neither right nor wrong. */
  public void addCrowd(int classId, double x, double y, double width, double height, double area) {
    addLabelled(classId, x, y, width, height, area);
    crowds[size - 1] = true;
  }

  /**
   * Adds a detected object.
   *
   * @param classId from 0
   */
  public void addDetection(
      int classId, double x, double y, double width, double height, double score) {
    add(classId, x, y, width, height);
    areas[size - 1] = width * height;
    scores[size - 1] = score;
  }

  private void add(int classId, double x, double y, double width, double height) {
    if (classId < 0) {
      throw new IllegalArgumentException("classId is negative: " + classId);
    }
    if (size == classes.length) {
      classes = Arrays.copyOf(classes, 2 * size);
      boxes = Arrays.copyOf(boxes, 2 * BOX * size);
      scores = Arrays.copyOf(scores, 2 * size);
      areas = Arrays.copyOf(areas, 2 * size);
      crowds = Arrays.copyOf(crowds, 2 * size);
    }
    classes[size] = classId;
    boxes[size * BOX] = x;
    boxes[size * BOX + 1] = y;
    boxes[size * BOX + 2] = width;
    boxes[size * BOX + 3] = height;
    crowds[size] = false;
    size++;
  }

  public int classId(int object) {
    return classes[object];
  }

  /** The left, top, right and bottom edge in pixels. */
  public double[] edges(int object) {
    int b = object * BOX;
    return new double[] {
      boxes[b], boxes[b + 1], boxes[b] + boxes[b + 2], boxes[b + 1] + boxes[b + 3]
    };
  }

  public double score(int detection) {
    return scores[detection];
  }

  double area(int object) {
    return areas[object];
  }

  boolean isCrowd(int labelled) {
    return crowds[labelled];
  }

  /** The indices of the objects of a class, in insertion order. */
  int[] ofClass(int classId) {
    int[] found = new int[size];
    int count = 0;
    for (int i = 0; i < size; i++) {
      if (classes[i] == classId) {
        found[count++] = i;
      }
    }
    return Arrays.copyOf(found, count);
  }

  /**
   * Intersection over union of a detection of this image and a labelled object. For a crowd, the
   * denominator is the area of the detection (pycocotools, {@code bbIou}).
   */
  double overlap(int detection, ImageObjects labelled, int object) {
    int d = detection * BOX;
    int g = object * BOX;
    double[] other = labelled.boxes;
    double width =
        Math.min(boxes[d + 2] + boxes[d], other[g + 2] + other[g]) - Math.max(boxes[d], other[g]);
    double height =
        Math.min(boxes[d + 3] + boxes[d + 1], other[g + 3] + other[g + 1])
            - Math.max(boxes[d + 1], other[g + 1]);
    if (width <= 0 || height <= 0) {
      return 0;
    }
    double common = width * height;
    double own = boxes[d + 2] * boxes[d + 3];
    return labelled.crowds[object]
        ? common / own
        : common / (own + other[g + 2] * other[g + 3] - common);
  }
}

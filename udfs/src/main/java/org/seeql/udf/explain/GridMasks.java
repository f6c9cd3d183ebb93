package org.seeql.udf.explain;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/**
 * The random masks of one image, in antithetic pairs: a mask and its complement. The id of the
 * image and the seed determine them, on every machine.
 *
 * <p>The random numbers are those of SplitMix64 ({@link SplittableRandom}), started with {@code
 * seed * 2^32 + CRC-32 of the id}. A pair draws one number for each cell, row by row, and then the
 * two offsets.
 */
final class GridMasks implements Iterator<Mask> {
  private static final int SEED_SHIFT = 32;

  private final int grid;
  private final double probability;
  private final SplittableRandom random;
  private final int count;
  private int next;
  private BitSet visible = new BitSet();
  private double shiftAcross;
  private double shiftDown;

  /**
   * The masks of an image.
   *
   * @param id of the image, as text
   * @param count the number of masks
   */
  GridMasks(SaliencyOptions options, String id, int count) {
    requireNonNull(id, "id is null");
    this.grid = options.grid();
    this.probability = options.probability();
    this.count = count;
    CRC32 crc = new CRC32();
    crc.update(id.getBytes(StandardCharsets.UTF_8));
    random = new SplittableRandom(Long.rotateLeft(options.seed(), SEED_SHIFT) + crc.getValue());
  }

  @Override
  public boolean hasNext() {
    return next < count;
  }

  @Override
  public Mask next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    boolean inverted = next % 2 == 1;
    if (!inverted) {
      draw();
    }
    next++;
    return new GridMask(grid, visible, shiftAcross, shiftDown, inverted);
  }

  private void draw() {
    visible = new BitSet(grid * grid);
    for (int cell = 0; cell < grid * grid; cell++) {
      visible.set(cell, random.nextDouble() < probability);
    }
    shiftAcross = random.nextDouble();
    shiftDown = random.nextDouble();
  }
}

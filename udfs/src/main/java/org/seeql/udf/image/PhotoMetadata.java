package org.seeql.udf.image;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * When, with what and where a photo was taken, according to its EXIF data.
 *
 * @param taken in the local time of the camera
 * @param camera maker and model
 * @param position where the photo was taken
 */
public record PhotoMetadata(
    Optional<LocalDateTime> taken, Optional<String> camera, Optional<Position> position) {
  public static final PhotoMetadata NONE =
      new PhotoMetadata(Optional.empty(), Optional.empty(), Optional.empty());

  /** The longest name of a camera; longer ones are cut. */
  public static final int LONGEST_CAMERA = 200;

  private static final int MAKER = 0x010f;
  private static final int MODEL = 0x0110;
  private static final int CHANGED = 0x0132;
  private static final int EXIF = 0x8769;
  private static final int ORIGINAL = 0x9003;
  private static final int GPS = 0x8825;

  // the years that a DATETIME of MySQL holds
  private static final int FIRST_YEAR = 1000;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu:MM:dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);

  public PhotoMetadata {
    requireNonNull(taken, "taken is null");
    requireNonNull(camera, "camera is null");
    requireNonNull(position, "position is null");
  }

  /**
   * A position on the earth.
   *
   * @param latitude in degrees, north is positive: -90 to 90
   * @param longitude in degrees, east is positive: -180 to 180
   */
  public record Position(double latitude, double longitude) {
    private static final int LATITUDE_REFERENCE = 1;
    private static final int LATITUDE = 2;
    private static final int LONGITUDE_REFERENCE = 3;
    private static final int LONGITUDE = 4;

    public Position {
      if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) {
        throw new IllegalArgumentException("no position: " + latitude + ", " + longitude);
      }
    }

    private static Optional<Position> of(ExifDirectory gps) {
      OptionalDouble latitude = signed(gps, LATITUDE, LATITUDE_REFERENCE, "N", "S");
      OptionalDouble longitude = signed(gps, LONGITUDE, LONGITUDE_REFERENCE, "E", "W");
      boolean valid =
          latitude.isPresent()
              && longitude.isPresent()
              && Math.abs(latitude.getAsDouble()) <= 90
              && Math.abs(longitude.getAsDouble()) <= 180;
      return valid
          ? Optional.of(new Position(latitude.getAsDouble(), longitude.getAsDouble()))
          : Optional.empty();
    }

    private static OptionalDouble signed(
        ExifDirectory gps, int value, int reference, String positive, String negative) {
      OptionalDouble degrees = gps.degrees(value);
      String direction = gps.text(reference).orElse("");
      if (degrees.isPresent() && direction.equals(negative)) {
        return OptionalDouble.of(-degrees.getAsDouble());
      }
      return direction.equals(positive) ? degrees : OptionalDouble.empty();
    }
  }

  /**
   * Reads the EXIF data of a file. Values that are missing or damaged are empty.
   *
   * @param file the whole file
   */
  public static PhotoMetadata of(byte[] file) {
    Bytes bytes = Bytes.of(file);
    OptionalLong start = ExifSection.find(bytes);
    return start.isEmpty()
        ? NONE
        : ExifDirectory.first(bytes, start.getAsLong()).map(PhotoMetadata::of).orElse(NONE);
  }

  private static PhotoMetadata of(ExifDirectory main) {
    Optional<LocalDateTime> taken =
        main.directory(EXIF)
            .flatMap(exif -> exif.text(ORIGINAL))
            .flatMap(PhotoMetadata::time)
            .or(() -> main.text(CHANGED).flatMap(PhotoMetadata::time));
    return new PhotoMetadata(
        taken,
        camera(main.text(MAKER).orElse(""), main.text(MODEL).orElse("")),
        main.directory(GPS).flatMap(Position::of));
  }

  private static Optional<LocalDateTime> time(String text) {
    try {
      return Optional.of(LocalDateTime.parse(text, TIME)).filter(t -> t.getYear() >= FIRST_YEAR);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Many models already begin with the maker. */
  private static Optional<String> camera(String maker, String model) {
    String name = model.startsWith(maker) ? model : (maker + " " + model).strip();
    int end = Math.min(name.length(), LONGEST_CAMERA);
    return name.isEmpty() ? Optional.empty() : Optional.of(name.substring(0, end));
  }
}

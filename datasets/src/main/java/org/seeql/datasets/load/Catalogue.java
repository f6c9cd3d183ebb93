package org.seeql.datasets.load;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.seeql.datasets.record.AnnotationRecord;
import org.seeql.datasets.record.CategoryRecord;
import org.seeql.datasets.record.DataSetSource;
import org.seeql.datasets.record.InfoRecord;
import org.seeql.datasets.record.LabelledImage;
import org.seeql.datasets.record.LicenseRecord;
import org.seeql.datasets.record.MalformedFileException;
import org.seeql.datasets.record.Place;
import org.seeql.datasets.record.Problem;
import org.seeql.datasets.record.RecordHandler;
import org.seeql.datasets.record.Section;

/**
 * The content of a data set's sources except the annotations, which are checked against it. Needs
 * about 90 bytes of memory per image.
 */
final class Catalogue {
  private static final Set<Section> READ = EnumSet.complementOf(EnumSet.of(Section.ANNOTATIONS));

  private final ProblemLog problems;
  private final ImageNames names;
  private final List<DataSetSource> sources = new ArrayList<>();
  private final Set<InfoRecord> infos = new LinkedHashSet<>();
  private final Map<Long, LicenseRecord> licenses = new TreeMap<>();
  private final Map<Long, CategoryRecord> categories = new TreeMap<>();
  private final Map<Long, Size> images = new HashMap<>();
  private final BitSet refusedImages = new BitSet();
  private final SkippedIds skippedImages = new SkippedIds();
  private final SkippedIds skippedCategories = new SkippedIds();
  private int imageRecords;

  /**
   * An image's size in pixels.
   *
   * @param source the number of the source that contains it
   * @param fingerprint of the whole record
   */
  record Size(int width, int height, int source, int fingerprint) {}

  Catalogue(ProblemLog problems, ImageNames names) {
    this.problems = requireNonNull(problems, "problems is null");
    this.names = requireNonNull(names, "names is null");
  }

  /**
   * Reads a source. A malformed source is reported as a problem, and none of its records are kept.
   */
  void add(DataSetSource source) throws IOException, SQLException {
    int before = imageRecords;
    FileScan scan = new FileScan(sources.size());
    try {
      source.read(READ, scan);
    } catch (MalformedFileException e) {
      images.values().removeIf(image -> image.source() == scan.source);
      refusedImages.clear(before, Math.max(before, imageRecords));
      imageRecords = before;
      problems.add(e.problem());
      return;
    }
    sources.add(source);
    infos.addAll(scan.infos);
    licenses.putAll(scan.licenses);
    categories.putAll(scan.categories);
    skippedImages.addAll(scan.source, scan.skippedImages);
    skippedCategories.addAll(scan.source, scan.skippedCategories);
  }

  /** The readable sources. */
  List<DataSetSource> sources() {
    return sources;
  }

  Set<InfoRecord> infos() {
    return infos;
  }

  Map<Long, LicenseRecord> licenses() {
    return licenses;
  }

  Map<Long, CategoryRecord> categories() {
    return categories;
  }

  Optional<Size> image(long id) {
    return Optional.ofNullable(images.get(id));
  }

  /** The images that must not be imported, by their numbers from 0 in the order of the sources. */
  BitSet refusedImages() {
    return refusedImages;
  }

  /**
   * Images whose ids belong to different images, in a source or, after the comparison, in the
   * database.
   */
  SkippedIds skippedImages() {
    return skippedImages;
  }

  /** Categories whose ids belong to different categories, in a source or in the database. */
  SkippedIds skippedCategories() {
    return skippedCategories;
  }

  /** One reading of one source. */
  private final class FileScan implements RecordHandler {
    private final int source;
    private final List<InfoRecord> infos = new ArrayList<>();
    private final Map<Long, LicenseRecord> licenses = new TreeMap<>();
    private final Map<Long, CategoryRecord> categories = new TreeMap<>();
    private final Set<Long> skippedImages = new HashSet<>();
    private final Set<Long> skippedCategories = new HashSet<>();

    FileScan(int source) {
      this.source = source;
    }

    @Override
    public void info(InfoRecord info) {
      infos.add(info);
    }

    @Override
    public void license(LicenseRecord license, Place place) {
      boolean known = license.equals(Catalogue.this.licenses.get(license.id()));
      boolean taken =
          Catalogue.this.licenses.containsKey(license.id())
              || licenses.putIfAbsent(license.id(), license) != null;
      if (taken && !known) {
        duplicate(Section.LICENSES, license.id(), place);
      }
    }

    @Override
    public void category(CategoryRecord category, Place place) {
      if (category.name().length() > DataSetTables.LONGEST_NAME
          || category.supercategory().orElse("").length() > DataSetTables.LONGEST_NAME) {
        String reason = "its name has more than " + DataSetTables.LONGEST_NAME + " characters";
        problem(Problem.Kind.BAD_VALUE, Section.CATEGORIES, category.id(), place, reason);
        skippedCategories.add(category.id());
        return;
      }
      CategoryRecord shared = Catalogue.this.categories.get(category.id());
      CategoryRecord earlier =
          shared != null ? shared : categories.putIfAbsent(category.id(), category);
      if (earlier != null && !category.equals(shared)) {
        duplicate(Section.CATEGORIES, category.id(), place);
      }
      if (earlier != null && !category.equals(earlier)) {
        skippedCategories.add(category.id());
      }
    }

    @Override
    public void image(LabelledImage image, Place place) {
      int number = imageRecords++;
      Optional<String> fault = ImageCheck.fault(image, names);
      if (fault.isPresent()) {
        refusedImages.set(number);
        problem(Problem.Kind.BAD_VALUE, Section.IMAGES, image.id(), place, fault.get());
        skippedImages.add(image.id());
        return;
      }
      Size size = new Size(image.width(), image.height(), source, image.hashCode());
      Size other = images.putIfAbsent(image.id(), size);
      if (other != null) {
        refusedImages.set(number);
        boolean isSame = other.fingerprint() == size.fingerprint();
        // Two files may contain the same image: COCO's files of boxes and of captions share images.
        if (other.source() == source || !isSame) {
          duplicate(Section.IMAGES, image.id(), place);
        }
        if (!isSame) {
          skippedImages.add(image.id());
        }
      }
    }

    @Override
    public void annotation(AnnotationRecord annotation, Place place) {
      throw new IllegalStateException("annotations are not requested");
    }

    @Override
    public void unreadable(Problem problem) {
      if (problem.section() == Section.IMAGES) {
        refusedImages.set(imageRecords++);
      }
      problems.add(problem);
    }

    private void duplicate(Section section, long id, Place place) {
      String reason = "an earlier " + section.one() + " has the same id";
      problem(Problem.Kind.DUPLICATE_ID, section, id, place, reason);
    }

    private void problem(Problem.Kind kind, Section section, long id, Place place, String reason) {
      problems.add(new Problem(kind, section, place, section.one() + " " + id, reason));
    }
  }
}

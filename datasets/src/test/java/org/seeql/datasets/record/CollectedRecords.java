package org.seeql.datasets.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The records of a data set, in the order of their arrival. */
public final class CollectedRecords implements RecordHandler {
  private final List<LabelledImage> images = new ArrayList<>();
  private final List<AnnotationRecord> annotations = new ArrayList<>();
  private final List<CategoryRecord> categories = new ArrayList<>();
  private final List<LicenseRecord> licenses = new ArrayList<>();
  private final List<Place> places = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private Optional<InfoRecord> info = Optional.empty();

  @Override
  public void info(InfoRecord record) {
    info = Optional.of(record);
  }

  @Override
  public void license(LicenseRecord license, Place place) {
    licenses.add(license);
    places.add(place);
  }

  @Override
  public void category(CategoryRecord category, Place place) {
    categories.add(category);
    places.add(place);
  }

  @Override
  public void image(LabelledImage image, Place place) {
    images.add(image);
    places.add(place);
  }

  @Override
  public void annotation(AnnotationRecord annotation, Place place) {
    annotations.add(annotation);
    places.add(place);
  }

  @Override
  public void unreadable(Problem problem) {
    problems.add(problem);
  }

  public Optional<InfoRecord> info() {
    return info;
  }

  public List<LicenseRecord> licenses() {
    return licenses;
  }

  public List<CategoryRecord> categories() {
    return categories;
  }

  public List<LabelledImage> images() {
    return images;
  }

  public List<AnnotationRecord> annotations() {
    return annotations;
  }

  /** The places of all valid records. */
  public List<String> places() {
    return places.stream().map(Place::toString).toList();
  }

  public List<Problem> problems() {
    return problems;
  }
}

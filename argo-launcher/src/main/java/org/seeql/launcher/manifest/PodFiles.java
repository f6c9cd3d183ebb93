package org.seeql.launcher.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.seeql.planner.statement.AttributeValue;
import org.seeql.planner.statement.CreateModelStatement;
import org.seeql.planner.statement.SourcePosition;

/** Checks that the files of a statement exist in pods, as far as their paths show it. */
final class PodFiles {
  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");
  private static final String FILE_URI = "file:";
  private static final String LABELS = "labels";

  /** Three spellings of one option. */
  private static final Set<String> MODEL_URIS = Set.of("uri", "path", "url");

  private final ImageStores stores;

  PodFiles(ImageStores stores) {
    this.stores = stores;
  }

  /** Checks the folder of images. */
  void requireImageDir(SourcePosition position, String folder) {
    require(position, "image_dir", folder);
  }

  /** Checks the files of a model: its forms, and its labels if they are a file. */
  void requireModel(CreateModelStatement statement) {
    SubmissionProblems problems = new SubmissionProblems();
    statement
        .options()
        .values()
        .forEach(
            (name, value) -> {
              String option = name.toLowerCase(Locale.ROOT);
              if (MODEL_URIS.contains(option)) {
                texts(value)
                    .forEach(
                        uri -> problems.note(() -> require(statement.position(), option, uri)));
              } else if (option.equals(LABELS)
                  && value instanceof AttributeValue.StringValue text
                  && text.value().contains("/")) {
                // without a slash it may be the name of a set of labels
                problems.note(() -> require(statement.position(), option, text.value()));
              }
            });
    problems.refuse();
  }

  private static List<String> texts(AttributeValue value) {
    List<String> texts = new ArrayList<>();
    if (value instanceof AttributeValue.ListValue list) {
      list.values().forEach(item -> texts.addAll(texts(item)));
    } else {
      texts.add(value.text());
    }
    return texts;
  }

  private void require(SourcePosition position, String option, String place) {
    String path = path(place);
    if (URI.matcher(path).matches()) {
      return;
    }
    if (!path.startsWith("/")) {
      throw new SubmissionException(
          "Cannot submit the statement at %s: %s '%s' is relative, and a pod has no such path; use its absolute path in pods (--pvc=NAME:/MOUNT), or a URI"
              .formatted(position, option, place));
    }
    if (!stores.contains(path)) {
      List<String> mounted = stores.folders();
      throw new SubmissionException(
          "Cannot submit the statement at %s: %s '%s' is in no folder that pods have (%s); add --pvc=NAME:/MOUNT, or --in-image=FOLDER if the container image contains it"
              .formatted(
                  position,
                  option,
                  place,
                  mounted.isEmpty() ? "there is no --pvc" : String.join(", ", mounted)));
    }
  }

  /** The path of a file URI; any other text as it is. */
  private static String path(String place) {
    return place.startsWith(FILE_URI)
        ? place.substring(FILE_URI.length()).replaceFirst("^//", "")
        : place;
  }
}

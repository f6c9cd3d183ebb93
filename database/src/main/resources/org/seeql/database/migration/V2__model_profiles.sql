-- What TO EVALUATE measures: how good and how fast a version of a model is on a labelled data set.

CREATE TABLE model_profiles (
  profile_id    BIGINT       NOT NULL AUTO_INCREMENT,
  model         VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  model_version INT          NOT NULL,
  dataset       VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL COMMENT 'the labelled images, such as demo.images',
  task          VARCHAR(32)  NOT NULL COMMENT 'detect or classify',
  run_id        VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'the evaluation',
  confidence    DOUBLE       NOT NULL COMMENT 'an image shows a class if a detection of it scores as much',
  nms_iou       DOUBLE       NOT NULL COMMENT 'above which the weaker of two boxes was dropped',
  match_iou     DOUBLE       NOT NULL COMMENT 'from which a detection is right, for object_precision and object_recall',
  images        BIGINT       NOT NULL COMMENT 'that were answered',
  accuracy      DOUBLE       NULL     COMMENT 'of a classifier: share of images whose class it named first',
  sample_images BIGINT       NOT NULL COMMENT 'images of the presence sample',
  sample_ids    LONGBLOB     NOT NULL COMMENT 'gzip of a JSON array: their ids, as text; bit i of a class is about the i-th',
  created       TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (profile_id),
  UNIQUE KEY model_profiles_by_model (model, model_version, dataset),
  KEY model_profiles_by_dataset (dataset)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;

-- One row a category of the data set; those that the model does not know have no label and no answers.
CREATE TABLE model_profile_classes (
  profile_id       BIGINT       NOT NULL,
  class_name       VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL COMMENT 'of the data set',
  label            VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL COMMENT 'what the model calls it',
  images_shown     BIGINT       NOT NULL COMMENT 'images that show it',
  objects          BIGINT       NOT NULL COMMENT 'that count: no crowds',
  true_positives   BIGINT       NULL     COMMENT 'images: shown and answered yes',
  false_positives  BIGINT       NULL     COMMENT 'images: not shown and answered yes',
  false_negatives  BIGINT       NULL     COMMENT 'images: shown and answered no',
  true_negatives   BIGINT       NULL     COMMENT 'images: not shown and answered no',
  ap50             DOUBLE       NULL     COMMENT 'average precision at IoU 0.5',
  ap               DOUBLE       NULL     COMMENT 'mean of those at IoU 0.5, 0.55 to 0.95',
  object_precision DOUBLE       NULL     COMMENT 'at confidence and match_iou',
  object_recall    DOUBLE       NULL     COMMENT 'at confidence and match_iou',
  labelled         LONGBLOB     NOT NULL COMMENT 'presence sample: bit i (lowest first) is 1 if image i shows it',
  answered         LONGBLOB     NULL     COMMENT 'presence sample: bit i is 1 if the model says so',
  PRIMARY KEY (profile_id, class_name),
  FOREIGN KEY (profile_id) REFERENCES model_profiles (profile_id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;

CREATE TABLE model_profile_timings (
  profile_id          BIGINT       NOT NULL,
  device              VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'cpu, gpu:0',
  batch_size          INT          NOT NULL,
  engine              VARCHAR(32)  NOT NULL,
  seconds_per_image   DOUBLE       NOT NULL COMMENT 'one call at a time, image decoded: the sum of the next three',
  prepare_seconds     DOUBLE       NOT NULL COMMENT 'an image: letterbox into the input of the model',
  model_seconds       DOUBLE       NOT NULL COMMENT 'an image: the model itself',
  postprocess_seconds DOUBLE       NOT NULL COMMENT 'an image: from the output to detections',
  calls               INT          NOT NULL COMMENT 'of the model, of which each figure is the median',
  load_seconds        DOUBLE       NOT NULL COMMENT 'from the file to the first answer',
  memory_bytes        BIGINT       NULL     COMMENT 'taken while loaded and run; NULL where it cannot be seen',
  measured            TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (profile_id, device, batch_size),
  FOREIGN KEY (profile_id) REFERENCES model_profiles (profile_id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;

-- What an evaluation needs beside its run, so that it can be resumed.
CREATE TABLE evaluations (
  run_id   VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  settings LONGTEXT    NOT NULL COMMENT 'JSON',
  PRIMARY KEY (run_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;

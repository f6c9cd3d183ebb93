-- What TO FIND has chosen: a run that is resumed goes on with the same plan.

CREATE TABLE find_plans (
  run_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  plan   LONGTEXT    NOT NULL COMMENT 'JSON: the decision tree with its estimates, and the version of each model',
  PRIMARY KEY (run_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;

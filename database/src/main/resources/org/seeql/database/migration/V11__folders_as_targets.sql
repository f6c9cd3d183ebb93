-- A target may be a folder of Parquet files, whose path is longer than the name of a table.
-- Each statement can be executed again, as in V5.

ALTER TABLE runs MODIFY COLUMN target_table VARCHAR(500) NULL;

ALTER TABLE targets MODIFY COLUMN target_table VARCHAR(500) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL;

-- Scores of the sample of a profile, from which thresholds can be chosen. Profiles of earlier versions
-- have none.
-- The statement can be executed again, as in V5.

SET @change = IF(EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'model_profile_classes' AND column_name = 'scores'),
  'DO 0',
  'ALTER TABLE model_profile_classes
     ADD COLUMN scores MEDIUMBLOB NULL COMMENT ''presence sample: highest score of the class for each image, float32 big-endian, compressed with zlib; NULL if the model does not know the class, or in a profile of an earlier version''');
PREPARE change_table FROM @change;
EXECUTE change_table;
DEALLOCATE PREPARE change_table;

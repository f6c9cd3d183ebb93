-- The scores of a profile depend on the maximum number of detections per image.
-- The statement can be executed again, as in V5.

SET @change = IF(EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'model_profiles' AND column_name = 'max_detections'),
  'DO 0',
  'ALTER TABLE model_profiles
     ADD COLUMN max_detections INT NULL COMMENT ''at most so many detections per image were used; NULL if the model is no detector, or in a profile of an earlier version''');
PREPARE change_table FROM @change;
EXECUTE change_table;
DEALLOCATE PREPARE change_table;

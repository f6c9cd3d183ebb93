"""The programs of the tests, and the local runs with the expected results."""

from stage import MOUNTED, VOLUME

MODEL = f"""
CREATE OR REPLACE MODEL scout OPTIONS (
  uri = '{MOUNTED}/models/scout.onnx', layout = 'yolov8', input_size = 160,
  labels = '{MOUNTED}/models/scout.labels.txt');
"""

# two independent statements, and one that joins their results
UNION = f"""
SELECT * FROM demo.images WHERE image_id % 2 = 0
TO RUN seeql/vision CMD "detect", "--model=scout", "--image_dir={MOUNTED}/show" INTO demo.even;
SELECT * FROM demo.images WHERE image_id % 2 = 1
TO RUN seeql/vision CMD "detect", "--model=scout", "--image_dir={MOUNTED}/show" INTO demo.odd;
CREATE OR REPLACE TABLE demo.found AS SELECT * FROM demo.even UNION ALL SELECT * FROM demo.odd;
"""

IMAGES = 240
PARTITIONS = 24

# 24 s of work, so that a pod can be lost during inference
SLOW = f"""
SELECT * FROM demo.many TO RUN seeql/vision CMD "detect", "--model=scout", "--latency=100",
  "--partitions={PARTITIONS}", "--image_dir={MOUNTED}/show" INTO demo.slow;
"""

MANY = f"""
CREATE OR REPLACE TABLE demo.many AS
SELECT n.seq AS image_id, i.file_name
FROM (SELECT file_name, ROW_NUMBER() OVER (ORDER BY image_id) AS k FROM demo.images) i
JOIN main.seq_1_to_{IMAGES} n ON i.k = 1 + MOD(n.seq, (SELECT COUNT(*) FROM demo.images));
"""


def locally() -> list[str]:
    """Statements that create demo.many, demo.local_found and demo.local_slow without a cluster."""
    here = (MODEL + UNION + SLOW.replace('"--latency=100",', "")).replace(MOUNTED, str(VOLUME))
    for table in ("even", "odd", "found", "slow"):
        here = here.replace(f"demo.{table}", f"demo.local_{table}")
    return [MANY, here]

"""The programs of the tests, and what a local run makes of them."""

from stage import MOUNTED, VOLUME

MODEL = f"""
CREATE OR REPLACE MODEL scout OPTIONS (
  uri = '{MOUNTED}/models/scout.onnx', layout = 'yolov8', input_size = 160,
  labels = '{MOUNTED}/models/scout.labels.txt');
"""

# two statements that do not know of each other, and one that joins what they made
UNION = f"""
SELECT * FROM demo.images WHERE id % 2 = 0
TO RUN seeql/vision CMD "detect", "--model=scout", "--image_dir={MOUNTED}/show" INTO demo.even;
SELECT * FROM demo.images WHERE id % 2 = 1
TO RUN seeql/vision CMD "detect", "--model=scout", "--image_dir={MOUNTED}/show" INTO demo.odd;
CREATE OR REPLACE TABLE demo.found AS SELECT * FROM demo.even UNION ALL SELECT * FROM demo.odd;
"""

IMAGES = 240
PARTITIONS = 24

# 24 s of work, so that a pod can be lost in the middle of it
SLOW = f"""
SELECT * FROM demo.many TO RUN seeql/vision CMD "detect", "--model=scout", "--latency=100",
  "--partitions={PARTITIONS}", "--image_dir={MOUNTED}/show" INTO demo.slow;
"""

MANY = f"""
CREATE OR REPLACE TABLE demo.many AS
SELECT n.seq AS image_id, i.file_name
FROM (SELECT file_name, ROW_NUMBER() OVER (ORDER BY id) AS k FROM demo.images) i
JOIN main.seq_1_to_{IMAGES} n ON i.k = 1 + MOD(n.seq, (SELECT COUNT(*) FROM demo.images));
"""


def locally() -> list[str]:
    """What makes demo.local_found and demo.local_slow without a cluster, and demo.many for both."""
    here = (MODEL + UNION + SLOW.replace('"--latency=100",', "")).replace(MOUNTED, str(VOLUME))
    for table in ("even", "odd", "found", "slow"):
        here = here.replace(f"demo.{table}", f"demo.local_{table}")
    return [MANY, here]

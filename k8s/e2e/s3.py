"""Tests images and a model in S3: pods use a Secret, whose key appears nowhere else."""

import sys

import secrecy
from cluster import HOST, NAMESPACE, ROOT, kubectl
from stage import ask, say, submit_arguments
from steps import clean, run_all, same_rows, submit

sys.path.append(str(ROOT / ".ci"))
import s3_store  # noqa: E402

SECRET = "seeql-e2e-s3"

PROGRAM = f"""
CREATE OR REPLACE MODEL scout OPTIONS (
  uri = 's3a://{s3_store.BUCKET}/models/scout.onnx', layout = 'yolov8', input_size = 160,
  labels = 's3a://{s3_store.BUCKET}/models/scout.labels.txt');
SELECT * FROM demo.images TO RUN seeql/vision CMD "detect", "--model=scout" INTO demo.from_s3;
"""


def check() -> None:
    folders = {"show": ROOT / "demo/images/show", "models": ROOT / "demo/models"}
    with s3_store.started(folders, HOST) as store:
        if store is None:
            say("  skipped: the package index, which provides the S3 server, is not reachable")
            return
        make_secret(store)
        for operator in ("kubeflow", "none"):
            ask("DROP TABLE IF EXISTS demo.from_s3")
            check_rows(operator, store)
        kubectl("-n", NAMESPACE, "delete", "secret", SECRET)


def check_rows(operator: str, store: dict) -> None:
    options = [option for option in submit_arguments() if not option.startswith("--pvc")]
    options += [f"--s3={SECRET}", f"--image_dir=s3a://{store['bucket']}/show"]
    _, workflow = submit(PROGRAM, f"e2e-s3-{operator}", operator, *options)
    run_all(workflow)
    same_rows("demo.from_s3", "demo.local_found")
    secrecy.search(workflow, want_executors=False, secret=store["secret_key"])
    clean(workflow)


def make_secret(store: dict) -> None:
    kubectl("-n", NAMESPACE, "delete", "secret", SECRET, "--ignore-not-found")
    values = {
        "AWS_ACCESS_KEY_ID": store["access_key"],
        "AWS_SECRET_ACCESS_KEY": store["secret_key"],
        "AWS_REGION": store["region"],
        "AWS_ENDPOINT_URL_S3": store["endpoint"],
    }
    literals = [f"--from-literal={key}={value}" for key, value in values.items()]
    kubectl("-n", NAMESPACE, "create", "secret", "generic", SECRET, *literals)

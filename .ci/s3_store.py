"""An S3 server for tests, which checks credentials and policies as AWS does.

As a module, `started` runs a server during a test. As a program, it serves until its standard input
ends.
"""
import contextlib
import hashlib
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys

PACKAGES = ("moto[s3,iam]==5.2.5", "flask==3.1.3", "flask-cors==6.0.5")
BUCKET = "pictures"
REGION = "eu-west-1"
READ_ONLY = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket"], "Resource": "*"}],
}


def interpreter():
    """A Python with the server's packages; None if PyPI is unreachable."""
    pins = hashlib.sha256("".join(PACKAGES).encode() + sys.version.encode()).hexdigest()[:12]
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
    made = cache / "seeql" / f"s3-store-{pins}"
    python = made / "bin" / "python"
    if not (made / "complete").is_file():
        shutil.rmtree(made, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", made], check=True)
        install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES]
        if subprocess.run(install, check=False).returncode != 0:
            return None
        (made / "complete").touch()
    return python


@contextlib.contextmanager
def started(folders, host="127.0.0.1"):
    """Runs a server with the files of folders, {prefix: folder}.

    Yields its address and read-only credentials (endpoint, bucket, region, access_key,
    secret_key), or None if it cannot be installed.
    """
    python = interpreter()
    if python is None:
        yield None
        return
    process = subprocess.Popen(
        [python, __file__, host, json.dumps({prefix: str(folder) for prefix, folder in folders.items()})],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )
    try:
        line = process.stdout.readline()
        if not line:
            raise RuntimeError("the S3 server did not start")
        yield json.loads(line)
    finally:
        process.stdin.close()
        process.wait(timeout=30)


def serve(host, folders):
    import boto3
    from moto import settings
    from moto.server import ThreadedMotoServer

    with socket.socket() as free:
        free.bind((host, 0))
        port = free.getsockname()[1]
    server = ThreadedMotoServer(ip_address=host, port=port, verbose=False)
    server.start()
    endpoint = f"http://{host}:{port}"
    client = {
        "endpoint_url": endpoint, "region_name": REGION,
        "aws_access_key_id": "owner", "aws_secret_access_key": "owner",
    }
    identities = boto3.client("iam", **client)
    identities.create_user(UserName="reader")
    identities.put_user_policy(UserName="reader", PolicyName="read", PolicyDocument=json.dumps(READ_ONLY))
    key = identities.create_access_key(UserName="reader")["AccessKey"]
    store = boto3.client("s3", **client)
    store.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    for prefix, folder in folders.items():
        for file in sorted(pathlib.Path(folder).iterdir()):
            store.upload_file(str(file), BUCKET, f"{prefix}/{file.name}")
    # from now on the server checks signatures and policies
    settings.INITIAL_NO_AUTH_ACTION_COUNT = 0
    print(
        json.dumps({
            "endpoint": endpoint, "bucket": BUCKET, "region": REGION,
            "access_key": key["AccessKeyId"], "secret_key": key["SecretAccessKey"],
        }),
        flush=True,
    )
    sys.stdin.read()
    server.stop()


if __name__ == "__main__":
    serve(sys.argv[1], json.loads(sys.argv[2]))

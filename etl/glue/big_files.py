"""Extracts and files beyond one machine, as a job of AWS Glue (Spark).

  --mode extract --feed orders --secret NAME --query "select ... where updated_at > '2026-01-01'" [--split-column id --parts 32]
      reads a database over JDBC and puts gzip CSV parts into incoming/, as any sender would; `_ready` comes last.
  --mode split --feed orders --source s3://bucket/key.csv.gz
      cuts one very large CSV into parts that several workers judge at the same time.

Nothing is judged or loaded here: the state machine does that with what lies in incoming/. The secret holds JSON with url,
user and password. Not run by any test: there is no Glue and no Spark where the tests run; see etl/glue/README.md.
"""

import json
import sys
import uuid

import boto3
from awsglue.context import GlueContext
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext

NEEDED = ["mode", "feed", "ingestion_bucket"]
OPTIONAL = ["secret", "query", "split_column", "parts", "source"]


def main(argv):
    given = getResolvedOptions(argv, NEEDED + [name for name in OPTIONAL if f"--{name}" in argv])
    spark = GlueContext(SparkContext.getOrCreate()).spark_session
    # Instants are written as they are in the source, not in the zone of this machine.
    spark.conf.set("spark.sql.session.timeZone", "UTC")
    rows = extracted(spark, given) if given["mode"] == "extract" else split(spark, given)
    put(rows, given)


def extracted(spark, given):
    secret = json.loads(boto3.client("secretsmanager").get_secret_value(SecretId=given["secret"])["SecretString"])
    source = {"url": secret["url"], "user": secret["user"], "password": secret["password"], "fetchsize": "10000"}
    table = f"({given['query']}) as extracted"
    column = given.get("split_column")
    if not column:
        return spark.read.format("jdbc").options(**source, dbtable=table).load()
    bounds = f"(select min({column}) as low, max({column}) as high from {table}) as bounds"
    low, high = spark.read.format("jdbc").options(**source, dbtable=bounds).load().first()
    parts = {"partitionColumn": column, "lowerBound": str(low), "upperBound": str(high), "numPartitions": given.get("parts", "32")}
    return spark.read.format("jdbc").options(**source, **parts, dbtable=table).load()


def split(spark, given):
    # Every cell stays the text it was: what it means is judged by the feed.
    cells = spark.read.option("header", True).option("inferSchema", False).option("multiLine", False).option("escape", '"')
    return cells.csv(given["source"]).repartition(int(given.get("parts", "32")))


def put(rows, given):
    folder = f"incoming/{given['feed']}-{uuid.uuid4().hex[:12]}"
    target = f"s3://{given['ingestion_bucket']}/glue/{folder}"
    writer = rows.write.option("header", True).option("compression", "gzip").option("escape", '"').option("emptyValue", "")
    writer.option("timestampFormat", "yyyy-MM-dd HH:mm:ss").csv(target)
    move(given["ingestion_bucket"], f"glue/{folder}/", f"{folder}/", given["feed"])


def move(bucket, source, target, feed):
    """Spark names parts its own way and leaves marks beside them; senders' files are called after their feed."""
    s3 = boto3.client("s3")
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=source)
    keys = sorted(each["Key"] for page in pages for each in page.get("Contents", []))
    for number, key in enumerate(key for key in keys if key.endswith(".csv.gz")):
        s3.copy({"Bucket": bucket, "Key": key}, bucket, f"{target}{feed}-{number:04d}.csv.gz")
    for key in keys:
        s3.delete_object(Bucket=bucket, Key=key)
    s3.put_object(Bucket=bucket, Key=f"{target}_ready", Body=b"")


if __name__ == "__main__":
    main(sys.argv)

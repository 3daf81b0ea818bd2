"""Analyses the captures of a list with Apache Spark: spark.py FILES OUTPUT.

Each partition of the list goes to one icwscan, whose records are the partition's output; `icwscan merge OUTPUT/part-*`
joins them. On a real cluster the captures lie where every worker reads them, and icwscan is installed there.
"""

import os
import sys

from pyspark import SparkConf, SparkContext

files, output = sys.argv[1:]
configuration = SparkConf().setAppName("icwscan").setMaster("local[2]").set("spark.ui.enabled", "false")
context = SparkContext(conf=configuration)
with open(files, encoding="utf-8", errors="surrogateescape") as names:
    captures = context.parallelize([name.rstrip("\n") for name in names], 4)
# Status 4 means that a file was damaged, which the records tell too; so the status is not checked.
records = captures.pipe("icwscan analyze --mergeable --files-from -", env=dict(os.environ))
records.saveAsTextFile("file://" + os.path.abspath(output))
context.stop()

"""bialign on a Spark cluster: the stages as functions over data frames, and the whole run.

Needs the extra ``bialign[spark]`` (PySpark 4, Java 17) and bialign installed on the executors.

    >>> from bialign.running.spark import build_lexicon, clean_pages     # doctest: +SKIP
    >>> pages = clean_pages(spark.read.parquet("s3a://crawl/pages"))     # doctest: +SKIP
    >>> build_lexicon(pages).write.parquet("s3a://crawl/lexicon")        # doctest: +SKIP
"""

from __future__ import annotations

from bialign.errors import UsageError

try:
    from bialign.running.spark.engine import run, start
    from bialign.running.spark.frames import build_lexicon, clean_pages
except ImportError as error:
    raise UsageError(
        f"the Spark engine needs {error.name}", mend="pip install 'bialign[spark]', and Java 17 or later"
    ) from error

__all__ = ["build_lexicon", "clean_pages", "run", "start"]

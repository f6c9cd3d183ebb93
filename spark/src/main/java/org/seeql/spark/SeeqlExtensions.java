package org.seeql.spark;

import org.apache.spark.sql.SparkSessionExtensions;
import org.seeql.spark.function.SqlFunctions;
import org.seeql.spark.statement.SeeqlParser;
import org.seeql.spark.statement.SeeqlQueryResolution;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * Makes SeeQL's statements work in {@code spark.sql(…)}: the value of {@code spark.sql.extensions}.
 * Spark's own SQL stays as it is.
 */
public final class SeeqlExtensions extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {
  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    extensions.injectParser((spark, parser) -> new SeeqlParser(spark, parser));
    extensions.injectResolutionRule(SeeqlQueryResolution::new);
    SqlFunctions.inject(extensions);
    return BoxedUnit.UNIT;
  }
}

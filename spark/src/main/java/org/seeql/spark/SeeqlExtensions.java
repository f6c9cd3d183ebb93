package org.seeql.spark;

import org.apache.spark.sql.SparkSessionExtensions;
import org.seeql.spark.function.SqlFunctions;
import org.seeql.spark.statement.SeeqlParser;
import org.seeql.spark.statement.SeeqlQueryResolution;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * Enables SeeQL's statements in {@code spark.sql(…)}; a value for {@code spark.sql.extensions}.
 * Spark's own SQL does not change.
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

package org.seeql.job.credential;

import java.util.Map;
import org.apache.spark.SparkEnv;
import org.apache.spark.util.RpcUtils;
import org.seeql.database.credential.CredentialExchange;
import org.seeql.database.credential.Credentials;
import scala.reflect.ClassTag;

/**
 * Lets executors in other processes request credentials from the driver over Spark's connections.
 */
public final class SparkCredentialExchange implements CredentialExchange {
  /** Spark's executor id of the driver. */
  private static final String DRIVER = "driver";

  @Override
  public void open() {
    SparkEnv env = SparkEnv.get();
    if (env != null && isDriver(env) && !isLocal(env)) {
      CredentialEndpoint.open(env);
    }
  }

  @Override
  public Credentials request(String id) {
    SparkEnv env = SparkEnv.get();
    if (env == null || isDriver(env)) {
      throw new IllegalStateException("the credentials of the database are unknown in this JVM");
    }
    ClassTag<Map<String, String>> answers = ClassTag.apply(Map.class);
    Map<String, String> answer =
        RpcUtils.makeDriverRef(CredentialEndpoint.NAME, env.conf(), env.rpcEnv())
            .askSync(id, answers);
    return CredentialEndpoint.credentials(answer);
  }

  private static boolean isDriver(SparkEnv env) {
    return env.executorId().equals(DRIVER);
  }

  private static boolean isLocal(SparkEnv env) {
    String master = env.conf().get("spark.master", "");
    return master.equals("local") || master.startsWith("local[");
  }
}

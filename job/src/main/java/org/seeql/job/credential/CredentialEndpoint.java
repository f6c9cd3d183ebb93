package org.seeql.job.credential;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.apache.spark.SparkEnv;
import org.apache.spark.rpc.RpcCallContext;
import org.apache.spark.rpc.RpcEnv;
import org.apache.spark.rpc.ThreadSafeRpcEndpoint;
import org.apache.spark.util.RpcUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.PartialFunction;
import scala.reflect.ClassTag;
import scala.runtime.AbstractPartialFunction;
import scala.runtime.BoxedUnit;

/**
 * Where executors of other processes ask a driver for credentials, over the connections that
 * Spark's own parts use between them: authenticated and encrypted where those are. Requests and
 * answers are of Java's own classes: Spark reads them before it knows the application's jars.
 */
final class CredentialEndpoint implements ThreadSafeRpcEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(CredentialEndpoint.class);
  private static final String NAME = "seeql-credentials";

  /** What Spark calls the driver among the executors. */
  private static final String DRIVER = "driver";

  /** Not the name of a setting: the answer's entry for the password. */
  private static final String PASSWORD = "";

  private static final Set<RpcEnv> OPEN = Collections.newSetFromMap(new WeakHashMap<>());

  private final RpcEnv rpcEnv;

  private CredentialEndpoint(RpcEnv rpcEnv) {
    this.rpcEnv = requireNonNull(rpcEnv, "rpcEnv is null");
  }

  /** Lets executors ask, where this is a driver and they are other processes. */
  static void openOnDriver() {
    SparkEnv env = SparkEnv.get();
    if (env == null || !isDriver(env) || isLocal(env)) {
      return;
    }
    synchronized (OPEN) {
      if (!OPEN.add(env.rpcEnv())) {
        return;
      }
      env.rpcEnv().setupEndpoint(NAME, new CredentialEndpoint(env.rpcEnv()));
    }
    if (!env.securityManager().isAuthenticationEnabled()) {
      LOG.warn(
          "Spark's connections are not authenticated: whoever reaches the driver's ports can read"
              + " tasks and ask for the database's password; set spark.authenticate and"
              + " spark.network.crypto.enabled");
    }
  }

  /**
   * The credentials of an id.
   *
   * @throws IllegalStateException if this is no executor, or the driver does not know the id
   */
  static Credentials askDriver(String id) {
    SparkEnv env = SparkEnv.get();
    if (env == null || isDriver(env)) {
      throw new IllegalStateException("the credentials of the database are not known here");
    }
    ClassTag<Map<String, String>> answers = ClassTag.apply(Map.class);
    Map<String, String> answer =
        RpcUtils.makeDriverRef(NAME, env.conf(), env.rpcEnv()).askSync(id, answers);
    Map<String, String> settings = new HashMap<>(answer);
    return new Credentials(settings.remove(PASSWORD), settings);
  }

  private static boolean isDriver(SparkEnv env) {
    return env.executorId().equals(DRIVER);
  }

  private static boolean isLocal(SparkEnv env) {
    String master = env.conf().get("spark.master", "");
    return master.equals("local") || master.startsWith("local[");
  }

  @Override
  public RpcEnv rpcEnv() {
    return rpcEnv;
  }

  @Override
  public PartialFunction<Object, BoxedUnit> receiveAndReply(RpcCallContext call) {
    return new AbstractPartialFunction<>() {
      @Override
      public boolean isDefinedAt(Object request) {
        return request instanceof String;
      }

      @Override
      public BoxedUnit apply(Object request) {
        Credentials known = CredentialStore.ofJvm().known((String) request);
        if (known == null) {
          call.sendFailure(new IllegalStateException("the driver does not know the credentials"));
        } else {
          Map<String, String> answer = new HashMap<>(known.settings());
          answer.put(PASSWORD, known.password());
          call.reply(answer);
        }
        return BoxedUnit.UNIT;
      }
    };
  }
}

package org.seeql.job.credential;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import org.apache.spark.SparkEnv;
import org.apache.spark.rpc.RpcCallContext;
import org.apache.spark.rpc.RpcEnv;
import org.apache.spark.rpc.ThreadSafeRpcEndpoint;
import org.seeql.database.credential.CredentialStore;
import org.seeql.database.credential.Credentials;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.PartialFunction;
import scala.runtime.AbstractPartialFunction;
import scala.runtime.BoxedUnit;

/**
 * The driver's endpoint for requests of credentials, on the connections of Spark itself:
 * authenticated and encrypted if those are. Requests and answers consist of classes of the JDK,
 * because Spark deserializes them before it knows the application's jars.
 */
final class CredentialEndpoint implements ThreadSafeRpcEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(CredentialEndpoint.class);
  static final String NAME = "seeql-credentials";

  /** Not the name of a setting: the answer's entry for the password. */
  private static final String PASSWORD = "";

  private static final Set<RpcEnv> OPEN = Collections.newSetFromMap(new WeakHashMap<>());

  private final RpcEnv rpcEnv;

  private CredentialEndpoint(RpcEnv rpcEnv) {
    this.rpcEnv = requireNonNull(rpcEnv, "rpcEnv is null");
  }

  /** Registers the endpoint with the driver's connections, once. */
  static void open(SparkEnv driver) {
    synchronized (OPEN) {
      if (!OPEN.add(driver.rpcEnv())) {
        return;
      }
      driver.rpcEnv().setupEndpoint(NAME, new CredentialEndpoint(driver.rpcEnv()));
    }
    if (!driver.securityManager().isAuthenticationEnabled()) {
      LOG.warn(
          "Spark's connections are not authenticated: any process that can connect to the driver's ports can read"
              + " tasks and request the database's password; set spark.authenticate and"
              + " spark.network.crypto.enabled");
    }
  }

  /** The credentials in an answer of the endpoint. */
  static Credentials credentials(Map<String, String> answer) {
    Map<String, String> settings = new HashMap<>(answer);
    return new Credentials(settings.remove(PASSWORD), settings);
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
        Optional<Credentials> known = CredentialStore.ofJvm().findRegistered((String) request);
        if (known.isEmpty()) {
          call.sendFailure(new IllegalStateException("the driver does not know the credentials"));
        } else {
          Map<String, String> answer = new HashMap<>(known.get().settings());
          answer.put(PASSWORD, known.get().password());
          call.reply(answer);
        }
        return BoxedUnit.UNIT;
      }
    };
  }
}

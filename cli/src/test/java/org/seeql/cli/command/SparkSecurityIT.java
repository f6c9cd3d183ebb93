package org.seeql.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportClientFactory;
import org.apache.spark.network.netty.SparkTransportConf;
import org.apache.spark.network.server.NoOpRpcHandler;
import org.apache.spark.network.shuffle.protocol.OpenBlocks;
import org.apache.spark.network.util.TransportConf;
import org.junit.jupiter.api.Test;
import scala.Option;

/** Another process of the same machine connects to the ports of a driver in local mode. */
class SparkSecurityIT {
  private static final long PATIENCE_MILLIS = 60_000;
  private static final AtomicInteger READ = new AtomicInteger();

  /** Counts how often a JVM deserialises it from bytes of another process. */
  private static final class Intruder implements Serializable {
    private static final long serialVersionUID = 1L;

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      READ.incrementAndGet();
    }
  }

  @Test
  void rejectsClientsWithoutTheSecret() throws Exception {
    try (LocalSpark spark = new LocalSpark("local[1]", Map.of())) {
      Broadcast<String> secret = broadcast(spark);

      assertThatThrownBy(() -> open(secret)).hasMessageContaining("Unknown challenge message");
      assertThatThrownBy(SparkSecurityIT::sendObject)
          .hasMessageContaining("Unknown challenge message");
      assertThat(READ).hasValue(0);
    }
  }

  /** Verifies the requests of the other test: without authentication, a driver answers them. */
  @Test
  void answersWithoutAuthentication() throws Exception {
    Map<String, String> open =
        Map.of("spark.authenticate", "false", "spark.network.crypto.enabled", "false");
    try (LocalSpark spark = new LocalSpark("local[1]", open)) {
      Broadcast<String> secret = broadcast(spark);

      assertThat(open(secret).remaining()).isPositive();
      sendObject();
      assertThat(READ).hasValue(1);
    } finally {
      READ.set(0);
    }
  }

  private static Broadcast<String> broadcast(LocalSpark spark) {
    return JavaSparkContext.fromSparkContext(spark.get().sparkContext()).broadcast("something");
  }

  private static ByteBuffer open(Broadcast<String> broadcast) throws Exception {
    int port = SparkEnv.get().blockManager().blockManagerId().port();
    OpenBlocks request =
        new OpenBlocks(
            "another application",
            "driver",
            new String[] {"broadcast_" + broadcast.id() + "_piece0"});
    return send(port, request.toByteBuffer());
  }

  private static void sendObject() throws Exception {
    int port = SparkEnv.get().rpcEnv().address().port();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream message = new DataOutputStream(bytes);
    message.writeBoolean(false); // no sender address
    message.writeBoolean(true);
    message.writeUTF("127.0.0.1");
    message.writeInt(port);
    message.writeUTF("HeartbeatReceiver");
    try (ObjectOutputStream object = new ObjectOutputStream(message)) {
      object.writeObject(new Intruder());
    }
    try {
      send(port, ByteBuffer.wrap(bytes.toByteArray()));
    } catch (RuntimeException e) {
      // an endpoint that has read an unknown message also answers with an error
      if (READ.get() == 0) {
        throw e;
      }
    }
  }

  private static ByteBuffer send(int port, ByteBuffer request) throws Exception {
    TransportConf conf =
        SparkTransportConf.fromSparkConf(
            new SparkConf(false), "rpc", 1, Option.empty(), Option.empty());
    try (TransportContext context = new TransportContext(conf, new NoOpRpcHandler());
        TransportClientFactory clients = context.createClientFactory();
        TransportClient client = clients.createClient("127.0.0.1", port)) {
      return client.sendRpcSync(request, PATIENCE_MILLIS);
    }
  }
}

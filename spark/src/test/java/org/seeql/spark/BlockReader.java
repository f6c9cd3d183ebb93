package org.seeql.spark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.io.CompressionCodec;
import org.apache.spark.network.buffer.ManagedBuffer;
import org.apache.spark.network.netty.SparkTransportConf;
import org.apache.spark.network.shuffle.BlockFetchingListener;
import org.apache.spark.network.shuffle.ExternalBlockStoreClient;
import org.apache.spark.storage.BlockId;
import scala.Option;

/** Reads a driver's blocks over its port, as another process on the machine can. */
final class BlockReader implements AutoCloseable {
  private static final int HIGHEST_BROADCAST = 2_000;
  private static final long PATIENCE_SECONDS = 60;

  private final ExternalBlockStoreClient client;
  private final String host;
  private final int port;

  /** Creates a reader that does not know the application's secret. */
  BlockReader(String host, int port) {
    this.host = host;
    this.port = port;
    this.client =
        new ExternalBlockStoreClient(
            SparkTransportConf.fromSparkConf(
                new SparkConf(false), "shuffle", 1, Option.empty(), Option.empty()),
            null,
            false,
            10_000);
    client.init("another application");
  }

  static BlockReader ofThisDriver() {
    SparkEnv env = SparkEnv.get();
    return new BlockReader(
        env.blockManager().blockManagerId().host(), env.blockManager().blockManagerId().port());
  }

  /** The first piece of each existing broadcast, decompressed, by name. */
  Map<String, String> broadcasts() throws IOException {
    Map<String, String> pieces = new LinkedHashMap<>();
    for (int i = 0; i < HIGHEST_BROADCAST; i++) {
      String name = "broadcast_" + i + "_piece0";
      // A request for a missing block would log an error
      if (SparkEnv.get().blockManager().getStatus(BlockId.apply(name)).isDefined()) {
        find(name).ifPresent(b -> pieces.put(name, new String(b, StandardCharsets.ISO_8859_1)));
      }
    }
    return pieces;
  }

  private Optional<byte[]> find(String block) throws IOException {
    try {
      ManagedBuffer piece = fetch(block).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      try (InputStream in =
          CompressionCodec.createCodec(new SparkConf(false))
              .compressedInputStream(piece.createInputStream())) {
        return Optional.of(in.readAllBytes());
      } finally {
        piece.release();
      }
    } catch (ExecutionException e) {
      return Optional.empty();
    } catch (InterruptedException | TimeoutException e) {
      throw new IOException(e);
    }
  }

  /** Fetches a block, retained for the caller; fails with the driver's error. */
  CompletableFuture<ManagedBuffer> fetch(String block) {
    CompletableFuture<ManagedBuffer> fetched = new CompletableFuture<>();
    client.fetchBlocks(
        host,
        port,
        "driver",
        new String[] {block},
        new BlockFetchingListener() {
          @Override
          public void onBlockFetchSuccess(String name, ManagedBuffer data) {
            fetched.complete(data.retain());
          }

          @Override
          public void onBlockFetchFailure(String name, Throwable error) {
            fetched.completeExceptionally(error);
          }
        },
        null);
    return fetched;
  }

  @Override
  public void close() {
    client.close();
  }
}

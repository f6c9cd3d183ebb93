package org.seeql.udf.model;

import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.Callback;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the output of a TorchScript model out of standard output, which belongs to the results of
 * the running program. Each print becomes a log line at level DEBUG.
 */
final class TorchPrints {
  private static final Logger LOG = LoggerFactory.getLogger(TorchPrints.class);

  /** {@code torch::jit::setPrintHandler(void (*)(const std::string&))} */
  private static final String SET_PRINT_HANDLER =
      "_ZN5torch3jit15setPrintHandlerEPFvRKNSt7__cxx1112basic_string"
          + "IcSt11char_traitsIcESaIcEEEE";

  private static final int LONGEST = 1_000;

  /** Called by PyTorch on the thread that runs the model. */
  interface Handler extends Callback {
    void print(Pointer string);
  }

  // a strong reference, because PyTorch holds only its address
  private static final Handler HANDLER = TorchPrints::log;

  private static boolean diverted;

  private TorchPrints() {}

  /** Diverts prints from now on. Call this after PyTorch is loaded. */
  static synchronized void divert() {
    if (diverted) {
      return;
    }
    diverted = true;
    try {
      Path library = Path.of(LibUtils.getLibtorchPath(), System.mapLibraryName("torch_cpu"));
      NativeLibrary.getInstance(library.toString())
          .getFunction(SET_PRINT_HANDLER)
          .invokeVoid(new Object[] {HANDLER});
    } catch (RuntimeException | UnsatisfiedLinkError e) {
      // a different C++ library, with other symbol names
      LOG.warn("Cannot redirect the prints of models from standard output: {}", e.toString());
    }
  }

  /** A std::string of libstdc++ starts with the address and the length of its bytes. */
  private static void log(Pointer string) {
    if (!LOG.isDebugEnabled()) {
      return;
    }
    long length = string.getLong(Long.BYTES);
    byte[] bytes =
        string.getPointer(0).getByteArray(0, (int) Math.min(Math.max(0, length), LONGEST));
    LOG.debug(
        "Printed by a model: {}",
        new String(bytes, StandardCharsets.UTF_8).strip().replaceAll("\\p{Cntrl}", " "));
  }
}

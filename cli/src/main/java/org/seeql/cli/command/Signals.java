package org.seeql.cli.command;

import java.lang.reflect.Proxy;

/** The signals that the operating system sends to a process. */
interface Signals {
  /** Delivers no signals: for command lines that run inside another program. */
  Signals NONE = (name, action) -> {};

  /**
   * Replaces the JVM's reaction to a signal.
   *
   * @param name without SIG: {@code INT}, {@code TERM}
   * @param action called on its own thread for each signal
   */
  void handle(String name, Runnable action);

  /**
   * The signals of this process. If the JVM does not support handlers, its default reaction
   * remains.
   */
  static Signals ofProcess() {
    return (name, action) -> {
      try {
        // by reflection: the compiler warns about sun.misc, for which Java 17 has no replacement
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object calling =
            Proxy.newProxyInstance(
                handler.getClassLoader(),
                new Class<?>[] {handler},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("handle")) {
                    action.run();
                  }
                  return null;
                });
        signal
            .getMethod("handle", signal, handler)
            .invoke(null, signal.getConstructor(String.class).newInstance(name), calling);
      } catch (ReflectiveOperationException e) {
        return;
      }
    };
  }
}

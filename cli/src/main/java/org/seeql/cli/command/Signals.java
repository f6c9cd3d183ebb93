package org.seeql.cli.command;

import java.lang.reflect.Proxy;

/** What the operating system tells a process. */
interface Signals {
  /** Tells nothing: for command lines within another program. */
  Signals NONE = (name, action) -> {};

  /**
   * Has something done instead of what the JVM does at a signal.
   *
   * @param name without SIG: {@code INT}, {@code TERM}
   * @param action called on a thread of its own, each time
   */
  void handle(String name, Runnable action);

  /** Those of this process. Where the JVM does not let us, it does what it does anyway. */
  static Signals ofProcess() {
    return (name, action) -> {
      try {
        // by name: the compiler warns of sun.misc, for which Java 17 has no substitute
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

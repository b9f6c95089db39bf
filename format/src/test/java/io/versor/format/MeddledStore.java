package io.versor.format;

import io.versor.format.io.Guard;
import io.versor.format.io.ObjectStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A storage that others have, too, and to which something happens before one of its calls. */
final class MeddledStore {
  private final ObjectStore objects;
  private final int mostLocks;
  private int callsLeft = -1;
  private int locks;
  private Deed deed = () -> {};

  /** What somebody else does. */
  interface Deed {
    void run() throws Exception;
  }

  /**
   * @param mostLocks how many locks that were taken here may be held when it happens
   */
  MeddledStore(ObjectStore objects, int mostLocks) {
    this.objects = objects;
    this.mostLocks = mostLocks;
  }

  /** Has something happen before the call after so many others. */
  void before(int calls, Deed what) {
    deed = what;
    callsLeft = calls;
  }

  /** Answers whether it has happened; it will not any more. */
  boolean stop() {
    boolean happened = callsLeft < 0;
    callsLeft = -1;
    return happened;
  }

  /** The storage without anything happening to it. */
  ObjectStore plain() {
    return objects;
  }

  ObjectStore objects() {
    return (ObjectStore)
        Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                return null; // others have it, too
              }
              if (locks <= mostLocks && callsLeft >= 0 && callsLeft-- == 0) {
                deed.run();
              }
              try {
                Object answer = method.invoke(objects, arguments);
                return method.getName().equals("lock") ? counted((Guard) answer) : answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private Guard counted(Guard lock) {
    locks++;
    return () -> {
      locks--;
      lock.close();
    };
  }
}

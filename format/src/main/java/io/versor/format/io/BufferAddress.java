package io.versor.format.io;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.Buffer;
import java.nio.ByteBuffer;

/**
 * Asks a direct buffer for its address, once per mapping. Arrow can tell it only when the program
 * was started with {@code --add-opens}, and we are a guest in programs that were not. So: the
 * foreign memory API where it is final (Java 22), and before that the field itself, which {@code
 * sun.misc.Unsafe} may read without any flag. Both by reflection, since we compile for Java 17 and
 * without warnings about internals.
 */
final class BufferAddress {
  private static final int FOREIGN_MEMORY_SINCE = 22;

  private BufferAddress() {}

  static long of(ByteBuffer direct) {
    try {
      return Runtime.version().feature() >= FOREIGN_MEMORY_SINCE
          ? byForeignMemory(direct)
          : byField(direct);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java platform hides where direct buffers lie", e);
    }
  }

  private static long byForeignMemory(ByteBuffer direct) throws ReflectiveOperationException {
    Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
    Buffer whole = direct.duplicate().clear();
    Object found = segment.getMethod("ofBuffer", Buffer.class).invoke(null, whole);
    return (long) segment.getMethod("address").invoke(found);
  }

  private static long byField(ByteBuffer direct) throws ReflectiveOperationException {
    Class<?> type = Class.forName("sun.misc.Unsafe");
    Field instance = type.getDeclaredField("theUnsafe");
    instance.setAccessible(true);
    Object unsafe = instance.get(null);
    Method offset = type.getMethod("objectFieldOffset", Field.class);
    Object at = offset.invoke(unsafe, Buffer.class.getDeclaredField("address"));
    return (long) type.getMethod("getLong", Object.class, long.class).invoke(unsafe, direct, at);
  }
}

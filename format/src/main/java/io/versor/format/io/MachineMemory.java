package io.versor.format.io;

import java.lang.management.ManagementFactory;

/** How much memory there is, as Java sees it: the container's where it runs in one. */
final class MachineMemory {
  /** By default the heap may grow to a quarter of the machine's memory. */
  private static final long HEAPS = 4;

  private MachineMemory() {}

  static long bytes() {
    try {
      return Asked.bytes();
    } catch (LinkageError e) { // a Java without the module jdk.management
      return HEAPS * Runtime.getRuntime().maxMemory();
    }
  }

  /** Loaded only where its class is there. */
  private static final class Asked {
    static long bytes() {
      return ManagementFactory.getOperatingSystemMXBean()
              instanceof com.sun.management.OperatingSystemMXBean machine
          ? machine.getTotalMemorySize()
          : HEAPS * Runtime.getRuntime().maxMemory();
    }
  }
}

package io.versor.format.io;

import io.versor.format.io.FaultStore.Operation;
import io.versor.format.io.FaultStore.PowerLoss;
import io.versor.format.type.StoreException.Code;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which operations of a {@link FaultStore} succeed, and how many did. Guarded by the store's
 * monitor.
 */
final class FaultPlan {
  private final Map<Operation, Long> counts = new EnumMap<>(Operation.class);
  private final Map<Operation, Long> bytes = new EnumMap<>(Operation.class);
  private final Map<Operation, Fault> faults = new EnumMap<>(Operation.class);
  private long operationsLeft = Long.MAX_VALUE;
  private boolean crashed;

  private record Fault(long skip, long times, Code code) {}

  void crashAfter(long operations) {
    operationsLeft = operations;
  }

  boolean crashed() {
    return crashed;
  }

  void failWith(Operation operation, long skip, long times, Code code) {
    faults.put(operation, new Fault(skip, times, code));
  }

  void heal() {
    faults.clear();
  }

  Map<Operation, Long> counts() {
    return Map.copyOf(counts);
  }

  long bytes(Operation operation) {
    return bytes.getOrDefault(operation, 0L);
  }

  void resetCounts() {
    counts.clear();
    bytes.clear();
  }

  /**
   * Begins an operation: counts it, fails it, or turns off the power, which throws. Answers the
   * code to fail with after the deed was done, or half done, or null if all is well.
   */
  @Nullable Code begin(Operation operation, long size) {
    requirePower();
    Fault fault = faults.remove(operation);
    if (fault != null && fault.skip() == 0) {
      if (fault.times() > 1) {
        faults.put(operation, new Fault(0, fault.times() - 1, fault.code()));
      }
      return fault.code();
    }
    if (fault != null) {
      faults.put(operation, new Fault(fault.skip() - 1, fault.times(), fault.code()));
    }
    if (operationsLeft-- == 0) {
      crashed = true;
      throw new PowerLoss();
    }
    counts.merge(operation, 1L, Long::sum);
    bytes.merge(operation, size, Long::sum);
    return null;
  }

  void requirePower() {
    if (crashed) {
      throw new PowerLoss();
    }
  }
}

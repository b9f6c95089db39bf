package io.versor.format.log;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What this process has found out about a log and need not look at again. */
final class LogKnowledge {
  private final AtomicLong lastSegment;
  private final long limit;
  private final Set<Long> restIsZero = ConcurrentHashMap.newKeySet();

  LogKnowledge(long lastSegment) {
    this(lastSegment, Long.MAX_VALUE);
  }

  /**
   * @param limit the log ends before this frame, whatever lies there
   */
  LogKnowledge(long lastSegment, long limit) {
    this.lastSegment = new AtomicLong(lastSegment);
    this.limit = limit;
  }

  /** The first frame that is not read. */
  long limit() {
    return limit;
  }

  /** First frame of the newest segment known to exist. */
  long lastSegment() {
    return lastSegment.get();
  }

  void segmentExists(long first) {
    lastSegment.accumulateAndGet(first, Math::max);
  }

  /** Whether nothing was found behind the last frame of the segment when somebody looked. */
  boolean isRestZero(long segment) {
    return restIsZero.contains(segment);
  }

  void restIsZero(long segment) {
    restIsZero.add(segment);
  }
}

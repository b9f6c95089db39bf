package io.versor.format.ref;

import io.versor.format.io.ObjectStore;
import java.util.HexFormat;

/**
 * Names of the locks of a store, for {@link ObjectStore#lock}; one place, so that two uses never
 * share one by accident.
 *
 * <p>Order for whoever takes two: import, maintenance, drop, then branches by rising id, then the
 * root.
 */
public final class LockKeys {
  /**
   * Held by who makes several changes of the root that must not mix with those of others who hold
   * it. One {@link RootStore#update} needs no lock.
   */
  public static final String ROOT = RootStore.NAME;

  /** Held by the one process that collects garbage or repacks. */
  public static final String MAINTENANCE = "maintenance";

  /**
   * Held while a branch is dropped or gives its name away: what speaks for that, another branch
   * that is left or that reaches its commits, must not be dropped meanwhile.
   */
  public static final String DROP = "drop";

  /** Held while the versions of a foreign dataset are made again. */
  public static final String IMPORT = "import";

  private LockKeys() {}

  /** Held while a frame is appended to the log of a branch. */
  public static String branch(long branchId) {
    return "branch/" + HexFormat.of().toHexDigits(branchId, 8);
  }
}

package io.versor.engine.type;

import io.versor.engine.StatementException;
import io.versor.format.type.InvalidTypeException;
import io.versor.format.type.StoreException;

/**
 * Takes a checked exception through callbacks of the planner, which may throw none. Unwrapped where
 * statements are prepared and run.
 */
public final class Carried extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Carried(StoreException cause) {
    super(cause);
  }

  public Carried(StatementException cause) {
    super(cause);
  }

  /** Something of the store, called where no checked exception may leave. */
  @FunctionalInterface
  public interface Call<T> {
    T run() throws StoreException, StatementException;
  }

  public static <T> T through(Call<T> call) {
    try {
      return call.run();
    } catch (StoreException e) {
      throw new Carried(e);
    } catch (StatementException e) {
      throw new Carried(e);
    }
  }

  /** Throws what is inside of {@code e} or of its causes, if there is one of these. */
  public static void rethrow(Throwable e) throws StoreException, StatementException {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof Carried) {
        continue; // its cause is next
      }
      if (t instanceof InvalidTypeException invalid) {
        throw invalid.toStoreException();
      }
      if (t instanceof StoreException store) {
        throw store;
      }
      if (t instanceof StatementException statement) {
        throw statement;
      }
    }
  }
}

package io.versor.engine;

import io.versor.format.type.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An engine on a temporary directory, and short ways to ask it. */
final class TestStore implements AutoCloseable {
  private final Engine engine;
  private final Session session;

  TestStore(Path directory) throws StoreException, StatementException {
    engine = Engine.open(directory, EngineOptions.defaults());
    session = engine.openSession(SessionOptions.defaults("ann"));
  }

  Engine engine() {
    return engine;
  }

  Session session() {
    return session;
  }

  /** Rows as text, cells joined by " | "; or the count as "= n". */
  static List<String> run(Session session, String sql, @Nullable Object... parameters)
      throws StoreException, StatementException {
    try (Prepared prepared = session.prepare(sql);
        Result result = prepared.execute(Arrays.asList(parameters), ExecuteOptions.NONE)) {
      List<String> lines = new ArrayList<>();
      if (!result.isRows()) {
        lines.add("= " + result.updateCount());
        return lines;
      }
      while (result.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < result.columns().size(); i++) {
          cells.add(result.isNull(i) ? "NULL" : result.textAt(i));
        }
        lines.add(String.join(" | ", cells));
      }
      return lines;
    }
  }

  List<String> run(String sql, @Nullable Object... parameters)
      throws StoreException, StatementException {
    return run(session, sql, parameters);
  }

  @Override
  public void close() throws StoreException {
    session.close();
    engine.close();
  }
}

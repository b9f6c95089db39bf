package io.versor.engine.statement;

import io.versor.engine.StatementException;
import io.versor.engine.copy.RowsWriter;
import io.versor.engine.work.Work;
import io.versor.format.io.StopSignal;
import io.versor.format.type.StoreException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Writes many files, and takes them away if they do not become whole. That may take long: who
 * stopped the statement does not wait for it.
 */
record FolderWriter(RowsWriter writer, Work work) implements RowsWriter {
  @Override
  public void add(List<@Nullable Object> row)
      throws IOException, StoreException, StatementException {
    writer.add(row);
  }

  @Override
  public void finish() throws StoreException, StatementException {
    StopSignal.during(
        work::check,
        () -> {
          try {
            writer.finish();
          } catch (IOException e) {
            throw CopyWords.failure(e);
          }
          return true;
        });
  }

  @Override
  public long files() {
    return writer.files();
  }

  @Override
  public void close() throws IOException {
    AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
    work.clear(
        () -> {
          try {
            writer.close();
          } catch (IOException e) {
            failure.set(e);
          }
        });
    IOException failed = failure.get();
    if (failed != null) {
      throw failed;
    }
  }
}

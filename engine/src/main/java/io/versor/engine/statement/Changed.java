package io.versor.engine.statement;

import io.versor.engine.ExecuteOptions;
import io.versor.engine.Result;
import io.versor.format.type.StoreException;
import java.util.List;
import java.util.Optional;

/** What a statement did to rows: how many it changed, and what it returns of them. */
record Changed(long count, Optional<ReturningPlan.Rows> returned) {
  /** The statement's result, when its transaction is committed or goes on. */
  Result result(ExecuteOptions options, List<String> warnings) throws StoreException {
    return returned.isPresent()
        ? returned.get().result(count, options, warnings)
        : new CountResult(count, warnings);
  }
}

package io.versor.parser.ast;

import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** {@code VACUUM [DRY RUN] [OLDER THAN interval]}. */
public final class SqlVacuum extends VersorStatement {
  private final boolean dryRun;
  private final @Nullable SqlNode age;

  public SqlVacuum(SqlParserPos pos, boolean dryRun, @Nullable SqlNode age) {
    super("VACUUM", pos, age);
    this.dryRun = dryRun;
    this.age = age;
  }

  public boolean dryRun() {
    return dryRun;
  }

  public Optional<SqlNode> age() {
    return Optional.ofNullable(age);
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    keywords(writer, dryRun ? "VACUUM DRY RUN" : "VACUUM");
    optional(writer, "OLDER THAN", age);
  }
}

package io.versor.parser.ast;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * What may follow the name of what is merged, reverted or picked: each clause once, in any order.
 * The parser fills it; afterwards nobody changes it.
 */
public final class MergeClauses {
  /** The clauses there are, in the order they are written back. */
  public enum Clause {
    PARENT,
    INTO,
    USING,
    MESSAGE,
    SQUASH,
    DRY_RUN;

    /** As a user writes it. */
    public String words() {
      return name().replace('_', ' ');
    }
  }

  private final Map<Clause, SqlNode> given = new EnumMap<>(Clause.class);

  /**
   * Takes a clause.
   *
   * @param value what it says; for a clause that is words alone, any node
   */
  public void put(Clause clause, SqlNode value, SqlParserPos pos) {
    if (given.putIfAbsent(clause, value) != null) {
      throw SyntaxFault.at(clause.words() + " is given twice", pos);
    }
  }

  /** Of a merge commit, the parent that counts; a number from 1 or a parameter. */
  public Optional<SqlNode> parent() {
    return Optional.ofNullable(given.get(Clause.PARENT));
  }

  /** The branch that is changed. */
  public Optional<SqlNode> target() {
    return Optional.ofNullable(given.get(Clause.INTO));
  }

  /** FAIL, OURS, THEIRS or CONFLICTS. */
  public Optional<String> strategy() {
    return Optional.ofNullable(given.get(Clause.USING)).map(SqlNode::toString);
  }

  public Optional<SqlNode> message() {
    return Optional.ofNullable(given.get(Clause.MESSAGE));
  }

  public boolean squash() {
    return given.containsKey(Clause.SQUASH);
  }

  public boolean dryRun() {
    return given.containsKey(Clause.DRY_RUN);
  }

  /** The nodes of a statement with these clauses. */
  SqlNode[] operands(SqlNode first) {
    return Stream.concat(
            Stream.of(first),
            List.of(Clause.PARENT, Clause.INTO, Clause.MESSAGE).stream()
                .map(given::get)
                .filter(Objects::nonNull))
        .toArray(SqlNode[]::new);
  }

  void unparse(SqlWriter writer) {
    given.forEach(
        (clause, value) -> {
          switch (clause) {
            case PARENT, INTO, MESSAGE -> VersorStatement.optional(writer, clause.words(), value);
            case USING -> VersorStatement.keywords(writer, "USING " + value);
            case SQUASH, DRY_RUN -> VersorStatement.keywords(writer, clause.words());
          }
        });
  }
}

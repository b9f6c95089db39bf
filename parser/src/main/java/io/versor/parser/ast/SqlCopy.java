package io.versor.parser.ast;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** What both directions of COPY have: columns, a file, options. */
public abstract class SqlCopy extends VersorStatement {
  private final List<CopyField> fields;
  private final SqlNode file;
  private final List<CopyOption> options;

  SqlCopy(
      SqlParserPos pos,
      SqlNode what,
      List<CopyField> fields,
      SqlNode file,
      List<CopyOption> options,
      CopyErrors errors) {
    super("COPY", pos, operands(what, file, options, errors));
    this.fields = List.copyOf(fields);
    this.file = file;
    this.options = List.copyOf(options);
  }

  private static @Nullable SqlNode[] operands(
      SqlNode what, SqlNode file, List<CopyOption> options, CopyErrors errors) {
    List<SqlNode> operands = new ArrayList<>(List.of(what, file));
    options.forEach(option -> operands.addAll(option.values()));
    errors.most().ifPresent(operands::add);
    return operands.toArray(SqlNode[]::new);
  }

  /** The columns named; none stands for all. */
  public List<CopyField> fields() {
    return fields;
  }

  /** The path: a text or a parameter. */
  public SqlNode file() {
    return file;
  }

  public List<CopyOption> options() {
    return options;
  }

  void unparseFields(SqlWriter writer) {
    if (fields.isEmpty()) {
      return;
    }
    SqlWriter.Frame frame = writer.startList("(", ")");
    for (CopyField field : fields) {
      writer.sep(",");
      field.column().unparse(writer, 0, 0);
      optional(writer, "FROM", field.source().orElse(null));
    }
    writer.endList(frame);
  }

  void unparseOptions(SqlWriter writer) {
    if (options.isEmpty()) {
      return;
    }
    SqlWriter.Frame frame = writer.startList("(", ")");
    for (CopyOption option : options) {
      writer.sep(",");
      word(writer, option.name());
      if (option.values().size() == 1) {
        value(writer, option.values().get(0));
      } else if (!option.values().isEmpty()) {
        SqlWriter.Frame list = writer.startList("(", ")");
        for (SqlNode value : option.values()) {
          writer.sep(",");
          value(writer, value);
        }
        writer.endList(list);
      }
    }
    writer.endList(frame);
  }

  private static void value(SqlWriter writer, SqlNode value) {
    if (value instanceof SqlIdentifier id) {
      word(writer, id);
    } else {
      value.unparse(writer, 0, 0);
    }
  }

  /** Reserved words are no identifiers unless they stay without quotes. */
  private static void word(SqlWriter writer, SqlIdentifier id) {
    String name = id.getSimple();
    boolean reserved =
        List.of("ESCAPE", "NULL", "SKIP", "TRUE", "FALSE", "ON")
            .contains(name.toUpperCase(Locale.ROOT));
    if (reserved && !id.isComponentQuoted(0)) {
      writer.keyword(name);
    } else {
      id.unparse(writer, 0, 0);
    }
  }
}

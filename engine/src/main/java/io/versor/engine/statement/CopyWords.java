package io.versor.engine.statement;

import io.versor.engine.StatementException;
import io.versor.engine.copy.CopyOptions;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.parser.ast.CopyOption;
import io.versor.parser.ast.SqlCopy;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipException;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** What both directions of COPY make of the statement's text. */
final class CopyWords {
  private CopyWords() {}

  static CopyOptions options(SqlCopy copy, List<@Nullable Object> parameters)
      throws StatementException {
    List<CopyOptions.Option> options = new ArrayList<>();
    for (CopyOption option : copy.options()) {
      SqlParserPos place = option.name().getParserPosition();
      List<Object> values = new ArrayList<>();
      for (SqlNode value : option.values()) {
        values.add(value(option, value, parameters));
      }
      options.add(
          new CopyOptions.Option(
              option.name().getSimple(), values, place.getLineNum(), place.getColumnNum()));
    }
    return new CopyOptions(options);
  }

  private static Object value(CopyOption option, SqlNode node, List<@Nullable Object> parameters)
      throws StatementException {
    if (node instanceof SqlIdentifier word) {
      return Literals.name(word);
    }
    Object value = Literals.find(node).map(found -> found.of(parameters)).orElse(null);
    if (value == null) {
      throw new StatementException("22004", "option " + option.name() + " is NULL")
          .at(node.getParserPosition());
    }
    return value;
  }

  /** What an error of a file means: its content, or the disk. */
  static StoreException failure(IOException e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof CharacterCodingException
          || t instanceof EOFException
          || t instanceof ZipException) {
        return new StoreException(Code.INVALID_VALUE, String.valueOf(e.getMessage()), e);
      }
    }
    // Without a reason the message of such an error is the path alone.
    boolean bare = e instanceof FileSystemException file && file.getReason() == null;
    return new StoreException(Code.IO, bare ? words(e) : String.valueOf(e.getMessage()), e);
  }

  private static String words(IOException e) {
    String what = e.getClass().getSimpleName().replace("Exception", "");
    return e.getMessage()
        + ": "
        + what.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }
}

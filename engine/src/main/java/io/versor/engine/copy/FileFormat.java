package io.versor.engine.copy;

import io.versor.engine.StatementException;
import java.util.List;

/**
 * A kind of file. Those of other jars are found by {@link java.util.ServiceLoader} through the
 * class loader of this interface. Stateless.
 */
public interface FileFormat {
  /** What FORMAT calls it, in lower case. */
  String name();

  /** Endings of its files, in lower case, without the dot. */
  List<String> endings();

  /**
   * A way to read files as the options say. The options it knows are taken from them.
   *
   * @throws StatementException for an option with a value that means nothing
   */
  RowSource source(CopyOptions options) throws StatementException;

  /**
   * A way to write a file as the options say.
   *
   * @throws StatementException likewise; 0A000 for a format that is only read
   */
  RowTarget target(CopyOptions options) throws StatementException;
}

package io.versor.format;

/** Is told how far an import is. */
@FunctionalInterface
public interface ImportProgress {
  /** Nobody is told. */
  ImportProgress NONE = (versions, all, rows) -> {};

  /**
   * Called on the thread that imports, after each version.
   *
   * @param versions done
   * @param all there are to be done
   * @param rows appended so far
   */
  void done(int versions, int all, long rows);
}

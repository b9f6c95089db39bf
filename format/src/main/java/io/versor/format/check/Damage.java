package io.versor.format.check;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * One damaged place of a store.
 *
 * @param severity what it costs
 * @param file which file
 * @param offset where in it; empty where the file as a whole is missing or cannot be opened
 * @param problem what was found there, and what was expected
 * @param versions branches and commits that cannot be read in full
 * @param tables tables, tensors and slots in them that are hit
 * @param action what to do
 */
public record Damage(
    Severity severity,
    String file,
    OptionalLong offset,
    String problem,
    List<String> versions,
    List<String> tables,
    String action) {

  /** What damage costs. */
  public enum Severity {
    /** It has been set right; what could not be saved is said. */
    REPAIRED,
    /** Samples or rows of some version cannot be read. */
    LOST,
    /** What can be made again from what is whole. */
    DERIVED,
    /** Nothing that a version needs. */
    UNUSED
  }

  public Damage {
    versions = List.copyOf(versions);
    tables = List.copyOf(tables);
  }

  /** One line for people. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(severity.name().toLowerCase(Locale.ROOT));
    line.append(": ").append(file);
    offset.ifPresent(at -> line.append(" at ").append(at));
    line.append(": ").append(problem);
    if (!versions.isEmpty()) {
      line.append("; hit: ").append(String.join(", ", versions));
    }
    if (!tables.isEmpty()) {
      line.append("; of them: ").append(String.join(", ", tables));
    }
    return line.append("; ").append(action).toString();
  }
}

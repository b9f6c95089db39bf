package io.versor.format.check;

import io.versor.format.check.Damage.Severity;
import io.versor.format.pack.PackId;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A damaged place on its way to be told, with what is hit by it. Used by one thread. */
final class Finding {
  /** Versions and tables that are named; the others are counted. */
  private static final int NAMED = 20;

  private final String file;
  private final OptionalLong offset;
  private final StoreException problem;
  private final String action;
  private final Optional<PackId> pack;
  private final Set<String> versions = new LinkedHashSet<>();
  private final Set<String> tables = new LinkedHashSet<>();
  private long moreVersions;
  private long moreTables;
  private Severity severity;

  Finding(
      Severity severity,
      String file,
      OptionalLong offset,
      StoreException problem,
      String action,
      Optional<PackId> pack) {
    this.severity = severity;
    this.file = file;
    this.offset = offset;
    this.problem = problem;
    this.action = action;
    this.pack = pack;
  }

  /** The pack it is in, if it is in one. */
  Optional<PackId> pack() {
    return pack;
  }

  /** The same place may be needed by something worse. */
  void atLeast(Severity other) {
    if (other.compareTo(severity) < 0) {
      severity = other;
    }
  }

  void version(String version) {
    if (versions.size() < NAMED) {
      versions.add(version);
    } else if (!versions.contains(version)) {
      moreVersions++;
    }
  }

  void table(String table) {
    if (tables.size() < NAMED) {
      tables.add(table);
    } else if (!tables.contains(table)) {
      moreTables++;
    }
  }

  Damage damage() {
    return new Damage(
        severity,
        file,
        offset,
        problem.getMessage(),
        named(versions, moreVersions),
        named(tables, moreTables),
        action);
  }

  private static List<String> named(Set<String> names, long more) {
    List<String> all = new ArrayList<>(names);
    if (more > 0) {
      all.add(more + " more");
    }
    return all;
  }
}

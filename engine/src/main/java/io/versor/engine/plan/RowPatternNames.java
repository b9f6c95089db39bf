package io.versor.engine.plan;

import io.versor.engine.match.Variables;
import io.versor.engine.type.Carried;
import io.versor.format.ref.NearNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/** The variables of a pattern and its subsets, by names in any case. */
final class RowPatternNames {
  private final List<String> variables = new ArrayList<>();
  private final Map<String, List<Integer>> known = new HashMap<>();
  private final List<List<Integer>> sets = new ArrayList<>();
  private final List<String> written = new ArrayList<>();

  RowPatternNames() {
    sets.add(List.of()); // that of all, whichever there are
  }

  private static String key(String name) {
    return name.toUpperCase(Locale.ROOT);
  }

  /** A variable in the pattern; gives its number. */
  int add(SqlIdentifier name) {
    List<Integer> there = known.get(key(name.getSimple()));
    if (there != null) {
      return there.get(0);
    }
    variables.add(name.getSimple());
    written.add(name.getSimple());
    known.put(key(name.getSimple()), List.of(variables.size() - 1));
    return variables.size() - 1;
  }

  void addSubset(SqlIdentifier name, SqlNodeList members) {
    TreeSet<Integer> numbers = new TreeSet<>();
    for (SqlNode member : members) {
      if (!(member instanceof SqlIdentifier id) || !id.isSimple()) {
        throw RowPatternReader.refused(
            "42601", "SUBSET " + name + " takes names of variables, found " + member, member);
      }
      numbers.add(variable(id));
    }
    if (known.putIfAbsent(key(name.getSimple()), List.copyOf(numbers)) != null) {
      throw RowPatternReader.refused(
          "42710", "there are two variables " + name + "; rename the SUBSET", name);
    }
    written.add(name.getSimple());
  }

  int count() {
    return variables.size();
  }

  /** The number of a variable that stands in the pattern. */
  int variable(SqlIdentifier name) {
    List<Integer> there = known.get(key(name.getSimple()));
    int number =
        variables.stream().map(RowPatternNames::key).toList().indexOf(key(name.getSimple()));
    if (there == null || number < 0) {
      throw unknown(name, "a variable of PATTERN");
    }
    return number;
  }

  boolean has(String name) {
    return known.containsKey(key(name));
  }

  /** The number of a set: that of a variable alone, or a subset. */
  int set(SqlIdentifier name) {
    if (!has(name.getSimple())) {
      throw unknown(name, "a variable of PATTERN or SUBSET");
    }
    return set(name.getSimple());
  }

  int set(String name) {
    List<Integer> members = known.get(key(name));
    int there = sets.indexOf(members);
    if (there > 0) {
      return there;
    }
    sets.add(members);
    return sets.size() - 1;
  }

  private Carried unknown(SqlIdentifier name, String what) {
    return RowPatternReader.refused(
        "42704", name + " is not " + what + NearNames.question(name.getSimple(), written), name);
  }

  Variables variables() {
    return new Variables(variables, sets);
  }
}

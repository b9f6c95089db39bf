package io.versor.engine.plan;

import io.versor.engine.function.JsonPaths;
import io.versor.engine.keep.Instead;
import io.versor.engine.work.Poll;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.linq4j.tree.BlockStatement;
import org.apache.calcite.linq4j.tree.ClassDeclaration;
import org.apache.calcite.linq4j.tree.DeclarationStatement;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.ForEachStatement;
import org.apache.calcite.linq4j.tree.ForStatement;
import org.apache.calcite.linq4j.tree.FunctionExpression;
import org.apache.calcite.linq4j.tree.MemberDeclaration;
import org.apache.calcite.linq4j.tree.MethodCallExpression;
import org.apache.calcite.linq4j.tree.MethodDeclaration;
import org.apache.calcite.linq4j.tree.NewExpression;
import org.apache.calcite.linq4j.tree.ParameterExpression;
import org.apache.calcite.linq4j.tree.Shuttle;
import org.apache.calcite.linq4j.tree.Statement;
import org.apache.calcite.linq4j.tree.WhileStatement;
import org.apache.calcite.runtime.Bindable;
import org.apache.calcite.runtime.JsonFunctions;
import org.apache.calcite.runtime.Typed;
import org.apache.calcite.util.BuiltInMethod;
import org.codehaus.commons.compiler.CompilerFactoryFactory;
import org.codehaus.commons.compiler.ISimpleCompiler;
import org.jspecify.annotations.Nullable;

/**
 * The Java that Calcite makes of a plan, compiled. Its joins, sorts and aggregates loop over rows
 * in memory and never ask whether they shall go on; all of them call the generated functions for
 * each row, so these do.
 */
final class GeneratedCode {
  private static final String CLASS = "Generated";

  private GeneratedCode() {}

  static Bindable<?> compile(EnumerableRel plan, Map<String, Object> stash) {
    EnumerableRelImplementor implementor =
        new EnumerableRelImplementor(plan.getCluster().getRexBuilder(), stash);
    ClassDeclaration code = implementor.implementRoot(plan, EnumerableRel.Prefer.ARRAY);
    Poll.poll();
    List<MemberDeclaration> members = new ArrayList<>();
    code.memberDeclarations.forEach(
        member -> members.add(member.accept(new Polls()).accept(new Counts())));
    return load(
        "public final class "
            + CLASS
            + " implements "
            + Bindable.class.getName()
            + ", "
            + Typed.class.getName()
            + " {\n"
            + Expressions.toString(members, "\n", false)
            + "}\n");
  }

  private static Bindable<?> load(String code) {
    ClassLoader loader = GeneratedCode.class.getClassLoader();
    try {
      ISimpleCompiler compiler =
          CompilerFactoryFactory.getDefaultCompilerFactory(loader).newSimpleCompiler();
      compiler.setParentClassLoader(loader);
      compiler.cook(code);
      return (Bindable<?>)
          compiler.getClassLoader().loadClass(CLASS).getDeclaredConstructor().newInstance();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) { // checked ones of the compiler and of reflection
      throw new IllegalStateException("generated code does not compile: " + e.getMessage(), e);
    }
  }

  /** Adds a look at whether to stop to each function and each loop. */
  private static final class Polls extends Shuttle {
    private static BlockStatement polling(Statement body) {
      List<Statement> statements = new ArrayList<>();
      statements.add(Expressions.statement(Expressions.call(Poll.class, "poll")));
      if (body instanceof BlockStatement block) {
        statements.addAll(block.statements);
      } else {
        statements.add(body);
      }
      return Expressions.block(statements);
    }

    @Override
    public MemberDeclaration visit(MethodDeclaration method, BlockStatement body) {
      return Expressions.methodDecl(
          method.modifier, method.resultType, method.name, method.parameters, polling(body));
    }

    /** Of the same type: the one a body suggests is another where it gives a boolean. */
    @Override
    @SuppressWarnings({"rawtypes", "unchecked"}) // as it is declared
    public Expression visit(FunctionExpression function, @Nullable BlockStatement body) {
      return body == null
          ? function
          : new FunctionExpression(
              (Class) function.getType(), polling(body), function.parameterList);
    }

    /** JSON_OBJECTAGG keeps its keys in the order they come in. */
    @Override
    public Expression visit(
        NewExpression made, List<Expression> arguments, @Nullable List<MemberDeclaration> members) {
      return made.type == HashMap.class && arguments.isEmpty() && members == null
          ? Expressions.new_(LinkedHashMap.class)
          : super.visit(made, arguments, members);
    }

    @Override
    public ForStatement visit(
        ForStatement loop,
        List<DeclarationStatement> declarations,
        @Nullable Expression condition,
        @Nullable Expression post,
        Statement body) {
      return super.visit(loop, declarations, condition, post, polling(body));
    }

    @Override
    public ForEachStatement visit(
        ForEachStatement loop, ParameterExpression parameter, Expression iterable, Statement body) {
      return super.visit(loop, parameter, iterable, polling(body));
    }

    @Override
    public Statement visit(WhileStatement loop, Expression condition, Statement body) {
      return super.visit(loop, condition, polling(body));
    }
  }

  /** Calls operators that count the rows that they keep. */
  private static final class Counts extends Shuttle {
    @Override
    public Expression visit(
        MethodCallExpression call, @Nullable Expression target, List<Expression> arguments) {
      List<Expression> all = new ArrayList<>();
      if (target != null) {
        all.add(target);
      }
      all.addAll(arguments);
      if (call.method.equals(BuiltInMethod.JSON_VALUE_EXPRESSION.method)) {
        return document(arguments.get(0));
      }
      if (call.method.getDeclaringClass() == JsonFunctions.class
          && call.method.getParameterCount() > 1
          && call.method.getParameterTypes()[0] == String.class) {
        all.set(0, document(arguments.get(0)));
        return Expressions.call(JsonFunctions.class, call.method.getName(), all);
      }
      return Instead.of(call.method, all.size())
          .<Expression>map(counted -> Expressions.call(counted, all))
          .orElseGet(() -> super.visit(call, target, arguments));
    }

    /** Of a text of JSON, with numbers of all their digits. */
    private static Expression document(Expression json) {
      return Expressions.call(JsonPaths.class, "document", json);
    }
  }
}

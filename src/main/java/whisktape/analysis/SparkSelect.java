package whisktape.analysis;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.QueryPlan;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ScriptTransformation;
import org.apache.spark.sql.catalyst.trees.TreeNode;
import scala.jdk.javaapi.CollectionConverters;
import whisktape.WhisktapeException;

/**
 * Runs a single SELECT and nothing else. Spark would write files, run programs and call any method of Java, if asked; and who asks may
 * have got the question from somebody else.
 */
final class SparkSelect {
    /** They call static methods of any class. */
    private static final List<String> CALLS = List.of("reflect", "java_method", "try_reflect");

    private final SparkSession session;

    SparkSelect(SparkSession session) {
        this.session = session;
        FunctionRegistry functions = session.sessionState().functionRegistry();
        CollectionConverters.asJava(functions.listFunction()).stream()
                .filter(function -> CALLS.contains(function.funcName()))
                .forEach(functions::dropFunction);
    }

    /** Throws Spark's own exception where it cannot be parsed. */
    Dataset<Row> run(String sql) throws ParseException {
        LogicalPlan plan = plan(sql);
        // Only what SELECT, FROM, WITH … begin can be a view.
        if (!parses("CREATE TEMPORARY VIEW question AS\n" + sql) || runsProgram(plan)) {
            throw WhisktapeException.refused(
                    "a recording is only read: SQL takes one SELECT, which may begin with WITH, FROM or VALUES");
        }
        return session.sql(sql);
    }

    private boolean parses(String sql) {
        try {
            plan(sql);
            return true;
        } catch (ParseException e) {
            return false;
        }
    }

    private LogicalPlan plan(String sql) throws ParseException {
        return session.sessionState().sqlParser().parsePlan(sql);
    }

    /** SELECT TRANSFORM … USING hands rows to a program. */
    private static boolean runsProgram(TreeNode<?> node) {
        return node instanceof ScriptTransformation || parts(node).anyMatch(SparkSelect::runsProgram);
    }

    private static Stream<TreeNode<?>> parts(TreeNode<?> node) {
        Stream<TreeNode<?>> parts = Stream.concat(nodes(node.children()), nodes(node.innerChildren()));
        if (node instanceof QueryPlan<?> plan) {
            parts = Stream.concat(parts, nodes(plan.expressions()));
        }
        return node instanceof PlanExpression<?> subquery ? Stream.concat(parts, Stream.of(subquery.plan())) : parts;
    }

    private static Stream<TreeNode<?>> nodes(scala.collection.Seq<?> children) {
        return CollectionConverters.asJava(children).stream()
                .filter(TreeNode.class::isInstance)
                .map(child -> (TreeNode<?>) child);
    }
}

package whisktape.analysis;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import whisktape.WhisktapeException;

/**
 * A parameter of a query, as its header declares it: {@code min_activations (integer, default 1): leave out rarer actions}.
 *
 * @param name as in {@code :min_activations}
 * @param type what values it takes
 * @param defaultValue as written in the header
 * @param meaning what it does, for people
 */
public record Variable(String name, Type type, String defaultValue, String meaning) {
    private static final Pattern DECLARATION =
            Pattern.compile("([a-z_][a-z0-9_]*) \\((integer|number|text), default ([^)]*)\\)(?:: *(.*))?");

    /** What a variable can stand for. */
    public enum Type {
        INTEGER("-?\\d{1,18}"),
        NUMBER("-?\\d{1,18}(\\.\\d{1,18})?"),
        TEXT("(?s).*");

        private final Pattern values;

        Type(String values) {
            this.values = Pattern.compile(values);
        }

        boolean takes(String value) {
            return values.matcher(value).matches();
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Reads a declaration; it must be one. */
    static Variable parse(String query, String declaration) {
        Matcher matcher = DECLARATION.matcher(declaration);
        if (!matcher.matches()) {
            throw WhisktapeException.refused("query " + query + " declares a variable as '" + declaration
                    + "'; it takes a line like: min_activations (integer, default 1): leave out rarer actions");
        }
        Type type = Type.valueOf(matcher.group(2).toUpperCase(Locale.ROOT));
        String meaning = matcher.group(4) == null ? "" : matcher.group(4);
        Variable variable = new Variable(matcher.group(1), type, matcher.group(3), meaning);
        variable.literal(variable.defaultValue());
        return variable;
    }

    /** The value as SQL writes it. */
    String literal(String value) {
        if (!type.takes(value)) {
            throw WhisktapeException.refused("variable " + name + " is '" + value + "', and it takes "
                    + (type == Type.INTEGER ? "an " : "a ") + type);
        }
        return type == Type.TEXT ? "'" + value.replace("'", "''") + "'" : value;
    }
}

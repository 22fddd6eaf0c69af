package whisktape.shapes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import whisktape.EventField;
import whisktape.Shape;

/**
 * Known shapes as a tree of what stands before each cut, so that one pass over a message tells which of them it has, and where its
 * values are. It recognises the plain way to write a value: a text of ASCII without escapes, a whole number of at most 15 digits as
 * Java writes it, a flag. What it does not recognise may have a shape all the same.
 *
 * <p>Not for use by several threads.
 *
 * @param <T> what its owner wants to know of a shape
 */
public final class ShapeTree<T> {
    /** So many digits a double holds exactly. */
    private static final int MOST_DIGITS = 15;

    private static final int NO_MATCH = -1;
    private static final byte[] TRUE = "true".getBytes(UTF_8);
    private static final byte[] FALSE = "false".getBytes(UTF_8);

    private final Node<T> root = new Node<>(new byte[0], null);
    private final int[] starts = new int[EventField.COUNT];
    private final int[] ends = new int[EventField.COUNT];
    private final long[] numbers = new long[EventField.COUNT];

    /** What stands here, and what is cut out behind it; no field where the message ends. */
    private static final class Node<T> {
        private final byte[] literal;
        private final EventField cut;
        private T known;

        /** The first of those that come next, and the one beside this one. */
        private Node<T> next;

        private Node<T> beside;

        Node(byte[] literal, EventField cut) {
            this.literal = literal;
            this.cut = cut;
        }
    }

    /** Adds a shape, or replaces what is known of it. */
    public void add(Shape shape, T known) {
        Node<T> node = root;
        for (int i = 0; i < shape.cuts(); i++) {
            node = child(node, shape.literal(i), shape.cut(i));
        }
        child(node, shape.literal(shape.cuts()), null).known = known;
    }

    /** What is known of the message's shape; null where none is recognised. */
    public T match(byte[] message) {
        Arrays.fill(starts, NO_MATCH);
        Node<T> node = root;
        int at = 0;
        do {
            node = next(node, message, at);
            if (node == null) {
                return null;
            }
            at += node.literal.length;
            if (node.cut != null) {
                int end = end(node.cut, message, at);
                if (end == NO_MATCH) {
                    return null;
                }
                if (starts[node.cut.ordinal()] != NO_MATCH) {
                    // Cut out twice: the values may differ, and only one of them can be kept.
                    return null;
                }
                starts[node.cut.ordinal()] = at;
                ends[node.cut.ordinal()] = end;
                at = end;
            }
        } while (node.cut != null);
        return at == message.length ? node.known : null;
    }

    /** Where a field's value begins in the message that matched last; -1 if the shape has no such cut. */
    public int start(EventField field) {
        return starts[field.ordinal()];
    }

    /** The value of a field that is a number, where the shape has a cut of it. */
    public long number(EventField field) {
        return numbers[field.ordinal()];
    }

    /** Where it ends. */
    public int end(EventField field) {
        return ends[field.ordinal()];
    }

    private static <T> Node<T> child(Node<T> parent, byte[] literal, EventField cut) {
        for (Node<T> child = parent.next; child != null; child = child.beside) {
            if (child.cut == cut && Arrays.equals(child.literal, literal)) {
                return child;
            }
        }
        Node<T> added = new Node<>(literal, cut);
        add(parent, added);
        return added;
    }

    /** Longer literals first: of two that fit, one is the beginning of the other. */
    private static <T> void add(Node<T> parent, Node<T> added) {
        Node<T> before = null;
        Node<T> behind = parent.next;
        while (behind != null && behind.literal.length >= added.literal.length) {
            before = behind;
            behind = behind.beside;
        }
        added.beside = behind;
        if (before == null) {
            parent.next = added;
        } else {
            before.beside = added;
        }
    }

    private static <T> Node<T> next(Node<T> node, byte[] message, int at) {
        Node<T> child = node.next;
        while (child != null && !stands(child.literal, message, at)) {
            child = child.beside;
        }
        return child;
    }

    private static boolean stands(byte[] literal, byte[] message, int at) {
        return literal.length <= message.length - at && EightBytes.areSame(literal, 0, message, at, literal.length);
    }

    private int end(EventField cut, byte[] message, int at) {
        return switch (cut.kind()) {
            case TEXT -> endOfText(message, at);
            case NUMBER -> endOfNumber(cut, message, at);
            case FLAG -> endOfFlag(message, at);
        };
    }

    private static int endOfText(byte[] message, int at) {
        int end = EightBytes.endOfPlainText(message, at);
        return end < message.length && message[end] == '"' ? end : NO_MATCH;
    }

    private int endOfNumber(EventField cut, byte[] message, int at) {
        int first = at < message.length && message[at] == '-' ? at + 1 : at;
        int end = first;
        long number = 0;
        while (end < message.length && message[end] >= '0' && message[end] <= '9') {
            // Of more digits than are taken this may be anything.
            number = 10 * number + message[end] - '0';
            end++;
        }
        int digits = end - first;
        if (digits == 0 || digits > MOST_DIGITS) {
            return NO_MATCH;
        }
        numbers[cut.ordinal()] = first > at ? -number : number;
        boolean isZero = message[first] == '0';
        return isZero && (digits > 1 || first > at) ? NO_MATCH : end;
    }

    private static int endOfFlag(byte[] message, int at) {
        return stands(TRUE, message, at) ? at + TRUE.length : stands(FALSE, message, at) ? at + FALSE.length : NO_MATCH;
    }
}

package whisktape.shapes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
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

    private final Node<T> root = new Node<>(new byte[0], null);
    private final int[] starts = new int[EventField.COUNT];
    private final int[] ends = new int[EventField.COUNT];

    /** What stands here, and what is cut out behind it; no field where the message ends. */
    private static final class Node<T> {
        private final byte[] literal;
        private final EventField cut;
        private final List<Node<T>> next = new ArrayList<>();
        private T known;

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
                int end = end(node.cut.kind(), message, at);
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

    /** Where it ends. */
    public int end(EventField field) {
        return ends[field.ordinal()];
    }

    /** Longer literals first: of two that fit, one is the beginning of the other. */
    private Node<T> child(Node<T> parent, byte[] literal, EventField cut) {
        for (Node<T> child : parent.next) {
            if (child.cut == cut && Arrays.equals(child.literal, literal)) {
                return child;
            }
        }
        Node<T> added = new Node<>(literal, cut);
        parent.next.add(added);
        parent.next.sort(Comparator.comparingInt(child -> -child.literal.length));
        return added;
    }

    private static <T> Node<T> next(Node<T> node, byte[] message, int at) {
        for (int i = 0; i < node.next.size(); i++) {
            Node<T> child = node.next.get(i);
            int end = at + child.literal.length;
            if (end <= message.length && Arrays.equals(message, at, end, child.literal, 0, child.literal.length)) {
                return child;
            }
        }
        return null;
    }

    private static int end(EventField.Kind kind, byte[] message, int at) {
        return switch (kind) {
            case TEXT -> endOfText(message, at);
            case NUMBER -> endOfNumber(message, at);
            case FLAG -> endOfFlag(message, at);
        };
    }

    private static int endOfText(byte[] message, int at) {
        for (int i = at; i < message.length; i++) {
            byte character = message[i];
            if (character == '"') {
                return i;
            }
            // Beyond ASCII bytes are negative.
            if (character < ' ' || character == '\\') {
                return NO_MATCH;
            }
        }
        return NO_MATCH;
    }

    private static int endOfNumber(byte[] message, int at) {
        int first = at < message.length && message[at] == '-' ? at + 1 : at;
        int end = first;
        while (end < message.length && message[end] >= '0' && message[end] <= '9') {
            end++;
        }
        int digits = end - first;
        if (digits == 0 || digits > MOST_DIGITS) {
            return NO_MATCH;
        }
        boolean isZero = message[first] == '0';
        return isZero && (digits > 1 || first > at) ? NO_MATCH : end;
    }

    private static int endOfFlag(byte[] message, int at) {
        int end = Shape.endOf(true, message, at);
        return end == NO_MATCH ? Shape.endOf(false, message, at) : end;
    }
}

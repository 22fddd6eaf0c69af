package whisktape.shapes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
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

    /** By cut, of the message that matched last. */
    private final int[] starts = new int[EventField.COUNT];

    private final int[] ends = new int[EventField.COUNT];
    private final long[] numbers = new long[EventField.COUNT];
    private final long[] hashes = new long[EventField.COUNT];
    private final PlainText text = new PlainText();

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

    /** Adds a shape, or replaces what is known of it. One that cuts a field out twice, where only one value can be kept, is left out. */
    public void add(Shape shape, T known) {
        if (cutsTwice(shape)) {
            return;
        }
        Node<T> node = root;
        for (int i = 0; i < shape.cuts(); i++) {
            node = child(node, shape.literal(i), shape.cut(i));
        }
        child(node, shape.literal(shape.cuts()), null).known = known;
    }

    /**
     * What is known of the shape of a message, which is this part of some bytes; null where none is recognised. Each byte of the message
     * was then found to be one of the shape's literals or of a value in its one plain form, so that the values put back into the shape
     * are the message.
     */
    public T match(byte[] message, int from, int until) {
        Node<T> node = root;
        int at = from;
        int cut = 0;
        do {
            node = next(node, message, at, until);
            if (node == null) {
                return null;
            }
            at += node.literal.length;
            if (node.cut != null) {
                starts[cut] = at;
                at = end(node.cut, cut, message, at, until);
                if (at == NO_MATCH) {
                    return null;
                }
                ends[cut] = at;
                cut++;
            }
        } while (node.cut != null);
        return at == until ? node.known : null;
    }

    /** Where the value at a cut of the shape begins in the bytes that matched last. */
    public int start(int cut) {
        return starts[cut];
    }

    /** Where it ends. */
    public int end(int cut) {
        return ends[cut];
    }

    /** The value itself, where it is a number. */
    public long number(int cut) {
        return numbers[cut];
    }

    private static boolean cutsTwice(Shape shape) {
        Set<EventField> cuts = EnumSet.noneOf(EventField.class);
        for (int i = 0; i < shape.cuts(); i++) {
            if (!cuts.add(shape.cut(i))) {
                return true;
            }
        }
        return false;
    }

    /** The hash of the value, where it is a text, as {@link NumberedTexts} want it. */
    public long hash(int cut) {
        return hashes[cut];
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

    private static <T> Node<T> next(Node<T> node, byte[] message, int at, int until) {
        Node<T> child = node.next;
        while (child != null && !stands(child.literal, message, at, until)) {
            child = child.beside;
        }
        return child;
    }

    private static boolean stands(byte[] literal, byte[] message, int at, int until) {
        return literal.length <= until - at && EightBytes.areSame(literal, 0, message, at, literal.length);
    }

    private int end(EventField field, int cut, byte[] message, int at, int until) {
        return switch (field.kind()) {
            case TEXT -> endOfText(cut, message, at, until);
            case NUMBER -> endOfNumber(cut, message, at, until);
            case FLAG -> endOfFlag(message, at, until);
        };
    }

    private int endOfText(int cut, byte[] message, int at, int until) {
        text.read(message, at, until);
        hashes[cut] = text.hash();
        return text.end() < until && message[text.end()] == '"' ? text.end() : NO_MATCH;
    }

    private int endOfNumber(int cut, byte[] message, int at, int until) {
        int first = at < until && message[at] == '-' ? at + 1 : at;
        int end = first;
        long number = 0;
        while (end < until && message[end] >= '0' && message[end] <= '9') {
            // Of more digits than are taken this may be anything.
            number = 10 * number + message[end] - '0';
            end++;
        }
        int digits = end - first;
        if (digits == 0 || digits > MOST_DIGITS) {
            return NO_MATCH;
        }
        numbers[cut] = first > at ? -number : number;
        boolean isZero = message[first] == '0';
        return isZero && (digits > 1 || first > at) ? NO_MATCH : end;
    }

    private static int endOfFlag(byte[] message, int at, int until) {
        return stands(TRUE, message, at, until)
                ? at + TRUE.length
                : stands(FALSE, message, at, until) ? at + FALSE.length : NO_MATCH;
    }
}

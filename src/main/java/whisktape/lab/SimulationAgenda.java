package whisktape.lab;

import java.util.Arrays;

/**
 * What will happen, the next thing first; of two things at the same moment, the one that was noted first. A heap in arrays:
 * some five entries pass through it per activation, and objects around them would be most of the simulation's work.
 */
final class SimulationAgenda {
    private static final int FIRST_CAPACITY = 1024;

    private long[] times = new long[FIRST_CAPACITY];
    private long[] turns = new long[FIRST_CAPACITY];
    private SimulationHappening[] happenings = new SimulationHappening[FIRST_CAPACITY];
    private int size;
    private long nextTurn;

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** Notes a happening for this moment, epoch microseconds. */
    void at(long time, SimulationHappening happening) {
        if (size == times.length) {
            grow();
        }
        climb(size++, time, nextTurn++, happening);
    }

    /** Lets the next thing happen. */
    void step() {
        long now = times[0];
        SimulationHappening next = happenings[0];
        size--;
        long time = times[size];
        long turn = turns[size];
        SimulationHappening last = happenings[size];
        happenings[size] = null;
        if (size > 0) {
            descend(time, turn, last);
        }
        next.happen(now);
    }

    /** Moves the entry from this place, which is free, towards the root until its parent comes before it. */
    private void climb(int from, long time, long turn, SimulationHappening happening) {
        int place = from;
        while (place > 0) {
            int parent = (place - 1) >>> 1;
            if (isBefore(times[parent], turns[parent], time, turn)) {
                break;
            }
            move(parent, place);
            place = parent;
        }
        put(place, time, turn, happening);
    }

    /** Moves the entry from the root, which is free, away from it until it comes before its children. */
    private void descend(long time, long turn, SimulationHappening happening) {
        int place = 0;
        while (true) {
            int child = 2 * place + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && isBefore(times[child + 1], turns[child + 1], times[child], turns[child])) {
                child++;
            }
            if (isBefore(time, turn, times[child], turns[child])) {
                break;
            }
            move(child, place);
            place = child;
        }
        put(place, time, turn, happening);
    }

    private static boolean isBefore(long time, long turn, long otherTime, long otherTurn) {
        return time < otherTime || time == otherTime && turn < otherTurn;
    }

    private void move(int from, int to) {
        put(to, times[from], turns[from], happenings[from]);
    }

    private void put(int place, long time, long turn, SimulationHappening happening) {
        times[place] = time;
        turns[place] = turn;
        happenings[place] = happening;
    }

    private void grow() {
        times = Arrays.copyOf(times, 2 * size);
        turns = Arrays.copyOf(turns, 2 * size);
        happenings = Arrays.copyOf(happenings, 2 * size);
    }
}

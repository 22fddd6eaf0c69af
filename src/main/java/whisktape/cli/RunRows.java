package whisktape.cli;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.stream.Stream;
import whisktape.analysis.Analysis;
import whisktape.analysis.Column;
import whisktape.analysis.Rows;
import whisktape.analysis.Runs;
import whisktape.recording.Recording;

/** What a query says of one recording after the other, behind the columns that tell them apart. */
final class RunRows implements Rows {
    private final Runs runs;
    private final Iterator<Recording> toCome;
    private final Function<Recording, Analysis> open;
    private final Function<Analysis, Rows> ask;
    private List<Object> marks;
    private Analysis analysis;
    private Rows rows;

    /**
     * @param runs at least one
     * @param open opens a recording; when its rows are over it is closed here
     */
    RunRows(Runs runs, Function<Recording, Analysis> open, Function<Analysis, Rows> ask) {
        this.runs = runs;
        this.toCome = runs.recordings().iterator();
        this.open = open;
        this.ask = ask;
        openNext();
    }

    @Override
    public List<Column> columns() {
        List<Column> answer = rows.columns();
        List<Column> before = runs.columns(answer.stream().map(Column::name).toList());
        return Stream.concat(before.stream(), answer.stream()).toList();
    }

    @Override
    public boolean hasNext() {
        while (!rows.hasNext() && toCome.hasNext()) {
            close();
            openNext();
        }
        return rows.hasNext();
    }

    @Override
    public List<Object> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        List<Object> row = new ArrayList<>(marks);
        row.addAll(rows.next());
        return row;
    }

    @Override
    public void close() {
        try {
            rows.close();
        } finally {
            analysis.close();
        }
    }

    private void openNext() {
        Recording recording = toCome.next();
        marks = runs.values(recording);
        analysis = open.apply(recording);
        try {
            rows = ask.apply(analysis);
        } catch (RuntimeException e) {
            analysis.close();
            throw e;
        }
    }
}

package whisktape.shapes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import whisktape.EventField;
import whisktape.Message;

class SpareRowsTest {
    private static final EventRows.Origin ORIGIN = new EventRows.Origin(1, 0, Message.TimestampType.NONE, false, 0);

    private final SpareRows spare = new SpareRows(100);
    private final NumberedTexts texts = new NumberedTexts();

    @Test
    void givesAgainWhatWasGivenBack() {
        EventRows rows = spare.take(ORIGIN, texts, 90);
        addRow(rows, "some id");
        rows.giveBack();

        EventRows again = spare.take(ORIGIN, texts, 60);

        assertThat(again).isSameAs(rows);
        assertThat(again.count()).isZero();
        assertThat(again.sizeBytes()).isZero();
        assertThat(spare.take(ORIGIN, texts, 60)).isNotSameAs(rows);
    }

    /** A thousand batches of a few events each would take the memory of a thousand times the room. */
    @Test
    void givesFewRowsLittleRoom() {
        EventRows few = spare.take(ORIGIN, texts, 3);
        assertThat(few.heldBytes()).isLessThan(1_000);

        few.giveBack();
        assertThat(spare.take(ORIGIN, texts, 90)).isNotSameAs(few);
    }

    @Test
    void givesRoomForAnyNumber() {
        EventRows many = spare.take(ORIGIN, texts, 200);
        for (int row = 0; row < 200; row++) {
            addRow(many, "id " + row);
        }

        assertThat(many.isFull()).isTrue();
        assertThat(many.activationId(199)).isEqualTo("id 199");
    }

    @Test
    void doesNotKeepTheRoomOfLongIds() {
        EventRows rows = spare.take(ORIGIN, texts, 90);
        addRow(rows, "i".repeat(1_000_000));
        rows.giveBack();

        assertThat(spare.take(ORIGIN, texts, 90)).isNotSameAs(rows);
    }

    private static void addRow(EventRows rows, String id) {
        byte[] bytes = id.getBytes(UTF_8);
        rows.begin(1 << EventField.ACTIVATION_ID.ordinal());
        rows.setActivationId(bytes, 0, bytes.length);
        rows.add(rows.count(), 0, 0);
    }
}

package whisktape.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was redacted is found again, and nothing else. */
final class OriginalsTest {
    private final Originals originals = new Originals(Set.of("action", "name"));

    @ParameterizedTest
    @CsvSource({
        "guest, guest, true",
        "guest, by guest/hello, true",
        "guest, guests, false",
        "guest, myguest, false",
        "makeInvoice, acme/makeInvoice, true",
        "makeInvoice, makeInvoices, false",
        "a sentence of some length, xxa sentence of some lengthxx, true",
        "ab, ab, true",
        "ab, see ab there, false",
        "action name, action name, false",
        "1795427079834, 1795427079834, false",
        "4711-0815-4711-0815-1, 4711-0815-4711-0815-1, false",
        "4111111111111111, 4111111111111111, true",
        "f828f47d205545aaa8f47d2055d5aace, f828f47d205545aaa8f47d2055d5aace, false",
        "nodejs:20, nodejs:20, false",
        "invokerHealthTest, whisk.system/invokerHealthTestAction0, false",
        "whisk.system/invokerHealthTestActionX, whisk.system/invokerHealthTestAction-k3v7qa2nbx, false",
        "the database has fewer documents than I thought, the database has fewer documents than before, false",
        "whisk.system/invokerHealthTests, whisk.system/invokerHealthTests, true"
    })
    void areFoundAsWordsAndLongOnesAnywhere(String original, String text, boolean isFound) {
        originals.add(original);

        assertThat(found(originals, text)).isEqualTo(isFound);
    }

    @Test
    void areFoundByTheirFirst32Bytes() {
        originals.add("x".repeat(20) + "é".repeat(6) + "y".repeat(1_000_000));

        assertThat(found(originals, "x".repeat(20) + "é".repeat(6) + "z")).isTrue();
        assertThat(found(originals, "x".repeat(20) + "é".repeat(5) + "z")).isFalse();
    }

    @Test
    void areNotFoundWhereTheUserWantsThemToLeave() {
        originals.add("guest");
        originals.keep("guest");

        assertThat(found(originals, "guest")).isFalse();
    }

    /** Memory stays the same; one part after the other finds them all. */
    @Test
    void areHeldInPartsWhereThereIsNoRoomForAll() {
        List<String> texts = IntStream.range(0, 20_000)
                .mapToObj("text number %05d"::formatted)
                .toList();
        Originals first = new Originals(Set.of(), 0, 1, 1 << 12);
        texts.forEach(first::add);

        assertThat(first.parts()).isGreaterThan(1);
        long found = texts.stream().filter(text -> found(first, text)).count();
        for (int part = 1; part < first.parts(); part++) {
            Originals next = new Originals(Set.of(), part, first.parts(), 1 << 12);
            texts.forEach(next::add);
            assertThat(next.parts()).isEqualTo(first.parts());
            found += texts.stream().filter(text -> found(next, text)).count();
        }
        assertThat(found).isEqualTo(texts.size());
    }

    private static boolean found(Originals originals, String text) {
        TextScan scan = new TextScan(originals);
        scan.value("entry", "place", text.getBytes(StandardCharsets.UTF_8));
        return !scan.leaks().isEmpty();
    }
}

package whisktape.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import whisktape.ActivationEvent;
import whisktape.DocumentBuilder;

/** The views activations and invocations, one trap of the data after the other. */
final class InvocationsTest {
    private static final long END = 1_800_000_000_000L;

    @TempDir
    private Path temp;

    private RecordedCalls recorded;

    @BeforeEach
    void record() {
        recorded = new RecordedCalls(temp);
    }

    // One row for each activation.

    @Test
    void anEventAndItsDocumentAreOneRow() {
        recorded.add(event("a").ran(END + 3, 100L));
        recorded.add(document("a").ran(END, 100));
        recorded.add(event("b").ran(END + 3, 100L));
        recorded.add(document("c").ran(END, 100));

        assertThat(recorded.invocations("activation_id, found_in")).containsExactly("a both", "b events", "c couchdb");
    }

    @Test
    void aRepeatedEventCountsOnceAndTheFirstOneIsKept() {
        recorded.add(event("a").ran(END, 100L));
        recorded.add(event("b").ran(END, 100L));
        recorded.add(event("a").ran(END, 200L));

        assertThat(recorded.invocations("activation_id, duration_ms, duplicates, event_offset"))
                .containsExactly("a 100 1 0", "b 100 0 1");
    }

    @Test
    void eventsWithoutActivationIdAreARowEach() {
        recorded.add(event(null).ran(END, 100L));
        recorded.add(event(null).ran(END, 100L));

        assertThat(recorded.invocations("activation_id, event_partition, event_offset, duplicates"))
                .containsExactly("null 0 0 0", "null 0 1 0");
    }

    @Test
    void theNewestRevisionOfADocumentCounts() {
        recorded.add(document("a").ran(END, 100).logLines(7));
        recorded.add(document("a").ran(END, 100).rev("2-b").logLines(0));

        assertThat(recorded.rows("SELECT _rev, log_lines FROM activations")).containsExactly("2-b 0");
        assertThat(recorded.invocations("log_lines")).containsExactly("0");
    }

    @Test
    void aDocumentThatIsDeletedLaterStays() {
        recorded.add(document("a").ran(END, 100));
        recorded.add(DocumentBuilder.tombstone("guest/a"));

        assertThat(recorded.rows("SELECT _rev FROM activations")).containsExactly("1-a");
        assertThat(recorded.invocations("found_in")).containsExactly("couchdb");
    }

    @Test
    void whatWasNeverSeenAliveIsNotThere() {
        recorded.add(DocumentBuilder.tombstone("guest/a"));
        recorded.add(document("b").ran(END, 100).deleted());

        assertThat(recorded.rows("SELECT _id FROM activations")).isEmpty();
        assertThat(recorded.invocations("found_in")).isEmpty();
    }

    @Test
    void timesOfDocumentsAreTimestamps() {
        recorded.add(new DocumentBuilder("t", "guest/tick").trigger(END, "a"));
        recorded.add(document("a").ran(END, 100));

        assertThat(recorded.rows("SELECT start_time, end_time FROM activations ORDER BY _id"))
                .containsExactly("2027-01-15T07:59:59.900Z 2027-01-15T08:00:00Z", "2027-01-15T08:00:00Z null");
    }

    // What ran how long.

    @Test
    void durationHoldsTheInitialisation() {
        recorded.add(event("a").ran(END, 412L).initialised(289L).waited(37L));

        assertThat(recorded.invocations("run_ms, response_ms, is_cold")).containsExactly("123 449 true");
    }

    @Test
    void anInitialisationUnderAMillisecondIsColdWhereTheDocumentHasTheAnnotation() {
        recorded.add(event("a").ran(END + 3, 100L).initialised(0L));
        recorded.add(document("a").ran(END, 100).initialised(0L));
        recorded.add(event("b").ran(END + 3, 100L).initialised(0L));

        assertThat(recorded.invocations("is_cold, init_ms")).containsExactly("true 0", "false 0");
    }

    @Test
    void aContainerThatDidNotStartNeverRan() {
        recorded.add(event("a").ran(END, 0L).waited(900L).status(3));
        recorded.add(document("b").ran(END, 0).waited(900L).status(2));
        recorded.add(event("c").ran(END, 0L).waited(900L));

        assertThat(recorded.invocations("never_ran, is_cold, quality, in_base_set"))
                .containsExactly("true false null false", "true false null false", "false false null true");
    }

    @Test
    void anInitialisationThatFailsAtOnceIsColdAndDidRun() {
        recorded.add(document("a").ran(END, 0).initialised(0L).status(2));

        assertThat(recorded.invocations("never_ran, is_cold")).containsExactly("false true");
    }

    @Test
    void whatNobodyMeasuredIsLeftOut() {
        recorded.add(event("dropped")
                .source("scheduler0")
                .ran(END, 0L)
                .waited(0L)
                .status(3)
                .memory(0));
        recorded.add(event("fallback").ran(END + 3, 0L).waited(0L).status(1));
        recorded.add(document("fallback").ran(END, 0).waited(null).status(1));
        recorded.add(event("quick").ran(END + 3, 0L).waited(0L).status(2));
        recorded.add(document("quick").ran(END, 0).waited(0L).status(2));

        assertThat(recorded.invocations("activation_id, quality, wait_ms, memory_mb, invoker"))
                .containsExactly(
                        "dropped not_measured 0 null null",
                        "fallback not_measured null 256 invoker0",
                        "quick null 0 256 invoker0");
    }

    @ParameterizedTest
    @CsvSource({
        "100, 101, 10, bad_init",
        "100, -1, 10, negative_duration",
        "-1, 0, 10, negative_duration",
        ", 0, 10, no_duration",
        "100, , 10, no_duration",
        "100, 0, , no_wait",
        "100, 0, -1, negative_wait",
        "100, 0, 3600000, null",
        "100, 0, 3600001, absurd_wait",
        "86400000, 0, 10, null",
        "86400001, 0, 10, absurd_duration",
        "100, 100, 0, null"
    })
    void namesWhyARowIsOutsideOfTheBaseSet(Long durationMs, Long initMs, Long waitMs, String quality) {
        recorded.add(event("a").ran(END, durationMs).initialised(initMs).waited(waitMs));

        assertThat(recorded.invocations("quality, in_base_set, wait_ms"))
                .containsExactly(quality + " " + quality.equals("null") + " " + waitMs);
    }

    @Test
    void aRowWithoutAnyTimeIsLeftOut() {
        recorded.add(event("a").ran(null, 100L));

        assertThat(recorded.invocations("quality, end_est_ms")).containsExactly("no_end null");
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE, 253402300799999L, -62135596800000L})
    void numbersBeyondAllSenseFailNoQuery(long absurd) {
        recorded.add(event("a")
                .ran(absurd, absurd)
                .initialised(absurd)
                .waited(absurd)
                .memory(absurd));
        recorded.add(event("b").ran(END, absurd).initialised(-1L).waited(absurd));
        recorded.add(document("c").ran(absurd, 0).waited(absurd).initialised(1L));
        recorded.add(event("d").ran(absurd, 10L));
        recorded.add(document("d").sequence(absurd, -absurd, absurd, "x"));

        assertThat(recorded.invocations("*")).hasSize(4);
        assertThat(recorded.rows("SELECT sum(run_ms), max(gap_ms), max(wall_ms) FROM invocations"))
                .hasSize(1);
    }

    // What it was.

    @Test
    void classesFollowTheirPrecedence() {
        String probe = "whisk.system/invokerHealthTestAction0";
        recorded.add(new ActivationEvent("a", probe).ran(END, 10L).waited(583_915_671L));
        recorded.add(document("b").sequence(END, END, 10, "x"));
        recorded.add(document("c")
                .sequence(END, END, 10, "x")
                .partOf("b")
                .conductor()
                .document());
        recorded.add(document("d").partOf("b").ran(END, 10));
        recorded.add(document("e").ran(END, 10));
        recorded.add(new DocumentBuilder("f", "guest/tick").trigger(END, "e"));
        recorded.add(new ActivationEvent("g", "whisk.system/utils/echo")
                .namespace("guest")
                .ran(END, 10L));
        recorded.add(event("h").sequence().component().ran(END, 10L));

        assertThat(recorded.invocations("activation_id, class, in_base_set"))
                .containsExactly(
                        "a probe false",
                        "b sequence false",
                        "c composition false",
                        "d component true",
                        "e single true",
                        "f trigger false",
                        "g single true",
                        "h sequence false");
    }

    @Test
    void aTriggerHasAStartAndNoEnd() {
        recorded.add(new DocumentBuilder("a", "guest/tick").trigger(END, "b"));

        assertThat(recorded.invocations(
                        "action, start_est_ms, arrive_est_ms, end_est_ms, wall_ms, run_ms, is_cold, quality"))
                .containsExactly("guest/tick " + END + " " + END + " null null null null null");
        assertThat(recorded.rows("SELECT trigger_results[1].rule FROM invocations"))
                .containsExactly("guest/tick-rule");
    }

    @Test
    void aSequenceTakesLongerThanItsParts() {
        recorded.add(event("a").sequence().ran(END + 3, 80L).waited(5L));
        recorded.add(document("a").sequence(END - 120, END, 80, "x", "y").waited(5L));

        assertThat(recorded.invocations("wall_ms, duration_ms, start_est_ms - " + END + ", arrive_est_ms - " + END
                        + ", gb_s_reserved, len(component_ids)"))
                .containsExactly("120 80 -120 -125 null 2");
    }

    @Test
    void ownerAndInvokingNamespaceAreTwoThings() {
        recorded.add(new ActivationEvent("a", "guest/utils/up per")
                .namespace("alice")
                .ran(END, 10L));
        recorded.add(new ActivationEvent("b", "guest/hello").ran(END, 10L));

        assertThat(recorded.invocations("namespace, owner, package, action_name"))
                .containsExactly("alice guest utils up per", "guest guest null hello");
    }

    @Test
    void memoryIsReservedForAsLongAsItRan() {
        recorded.add(event("a").ran(END, 2_000L).memory(512));

        assertThat(recorded.invocations("gb_s_reserved")).containsExactly("1.0");
    }

    @Test
    void timeOutsAreKnownFromDocumentsElseFromTheLimitOfTheAction() {
        recorded.add(document("a").ran(END, 1_005).timeOut(1_000L, true).status(2));
        recorded.add(event("b").ran(END, 1_005L).status(2));
        recorded.add(event("c").ran(END, 990L).status(2));
        recorded.add(event("d").ran(END, 1_600L).initialised(700L).status(2));
        recorded.add(event("e").ran(END, 1_100L).initialised(1_100L).status(2));
        recorded.add(event("f").ran(END, 1_100L));
        recorded.add(event("g").ran(END, 1_100L).status(1));
        recorded.add(new ActivationEvent("h", "guest/unknown").ran(END, 90_000L).status(2));

        assertThat(recorded.invocations("activation_id, timed_out"))
                .containsExactly("a true", "b true", "c false", "d false", "e true", "f false", "g null", "h null");
    }

    @Test
    void whereSourcesDisagreeTheEventCountsAndTheFieldIsNamed() {
        recorded.add(event("a").ran(END + 3, 100L).waited(10L).status(2));
        recorded.add(document("a").ran(END, 90).waited(10L).status(0));

        assertThat(recorded.invocations("duration_ms, status_code, disagrees"))
                .containsExactly("100 2 status_code, duration_ms");
    }

    // When it was.

    @Test
    void anEndThatOnlyAnEventKnowsIsEstimatedByTheMedianLag() {
        for (int i = 0; i < 3; i++) {
            recorded.add(event("a" + i).ran(END + 5 + 40 * i, 100L));
            recorded.add(document("a" + i).ran(END, 100));
        }
        recorded.add(event("b").ran(END + 1_000, 100L).waited(7L));

        assertThat(recorded.invocations(
                        "lag_ms, end_est_ms - " + END + ", start_est_ms - " + END + ", arrive_est_ms - " + END))
                .containsExactly("5 0 -100 -110", "45 0 -100 -110", "85 0 -100 -110", "null 955 855 848");
    }

    @Test
    void theMedianLagCountsAnActivationOnceHoweverOftenItsEventCame() {
        for (int i = 0; i < 3; i++) {
            recorded.add(event("a" + i).ran(END + 3, 100L));
            recorded.add(document("a" + i).ran(END, 100));
        }
        for (int i = 0; i < 6; i++) {
            recorded.add(event("a0").ran(END + 5_000, 100L));
        }
        recorded.add(event("b").ran(END + 1_000, 100L));

        assertThat(recorded.invocations("end_est_ms - " + END)).containsExactly("0", "0", "0", "997");
    }

    @Test
    void withoutDocumentsThereIsNoLagToKnow() {
        recorded.add(event("a").ran(END, 100L).waited(7L));

        assertThat(recorded.invocations("end_est_ms - " + END + ", arrive_est, end_est"))
                .containsExactly("0 2027-01-15T07:59:59.893Z 2027-01-15T08:00:00Z");
    }

    @Test
    void documentsAloneAreEnough() {
        recorded.add(document("a").ran(END, 100).initialised(40L).waited(7L));

        assertThat(recorded.invocations(
                        "run_ms, response_ms, is_cold, arrive_est_ms - " + END + ", in_base_set, invoker"))
                .containsExactly("60 107 true -107 true null");
    }

    @Test
    void theGapIsTheTimeSinceTheLastUseOfAContainerOfThisNamespaceAndAction() {
        recorded.add(event("a").ran(END, 100L));
        recorded.add(event("b").ran(END + 1_000, 100L).source("invoker1"));
        recorded.add(event("c").ran(END + 1_050, 100L));
        recorded.add(event("d").ran(END + 1_500, 0L).waited(400L).status(3));
        recorded.add(event("e").ran(END + 2_000, 100L));
        recorded.add(event("f").namespace("alice").ran(END + 3_000, 100L));

        assertThat(recorded.invocations("activation_id, gap_ms, gap_on_invoker_ms"))
                .containsExactly("a null null", "b 890 null", "c -60 940", "d 50 50", "e 840 840", "f null null");
    }

    @Test
    void aWarmCallThatCameDuringAnInitialisationOverlapsIt() {
        recorded.add(document("known").concurrency(5).ran(END - 60_000, 10));
        recorded.add(event("cold").ran(END, 500L).initialised(300L));
        recorded.add(event("during").ran(END + 10, 100L).waited(250L));
        recorded.add(event("after").ran(END + 20, 100L).waited(10L));
        recorded.add(event("elsewhere").source("invoker1").ran(END + 10, 100L).waited(250L));

        assertThat(recorded.invocations("activation_id, overlaps_init"))
                .containsExactly("after false", "cold false", "during true", "elsewhere false", "known null");
    }

    @Test
    void aContainerThatTakesOneCallAtATimeMakesNobodyWaitForItsInitialisation() {
        recorded.add(document("known").ran(END - 60_000, 10));
        recorded.add(event("cold").ran(END, 500L).initialised(300L));
        recorded.add(event("during").ran(END + 10, 100L).waited(250L));
        recorded.add(new ActivationEvent("unknown", "guest/unknown").ran(END + 10, 100L));

        assertThat(recorded.invocations("activation_id, overlaps_init"))
                .containsExactly("cold false", "during false", "known null", "unknown null");
    }

    private static ActivationEvent event(String activationId) {
        return new ActivationEvent(activationId, "guest/hello");
    }

    private static DocumentBuilder document(String activationId) {
        return new DocumentBuilder(activationId, "guest/hello");
    }
}

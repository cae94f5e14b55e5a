package io.signalbox.mesh.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.client.PolicyChange.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyChangeTest {

    private final List<PolicyChange> newestFirst = new ArrayList<>();

    @Test
    void oneUndoTakesBackAWholeGesture() {
        happened(Change.WEIGHTS, 1, "");
        happened(Change.WEIGHTS, 2, "");
        happened(Change.WEIGHTS, 6, "");
        assertThat(PolicyChange.anyToUndo(newestFirst)).isTrue();

        happened(Change.UNDONE, 60, "");
        assertThat(PolicyChange.anyToUndo(newestFirst)).isFalse();
    }

    @Test
    void weightsThatComeLaterOrForAnotherReasonAreAGestureOfTheirOwn() {
        happened(Change.WEIGHTS, 1, "");
        happened(Change.WEIGHTS, 6, "");
        happened(Change.WEIGHTS, 7, "lunch");
        happened(Change.UNDONE, 60, "");
        happened(Change.UNDONE, 61, "");
        assertThat(PolicyChange.anyToUndo(newestFirst)).isTrue();

        happened(Change.UNDONE, 62, "");
        assertThat(PolicyChange.anyToUndo(newestFirst)).isFalse();
    }

    @Test
    void weightsAfterAnUndoBeginAnew() {
        happened(Change.WEIGHTS, 1, "");
        happened(Change.UNDONE, 2, "");
        happened(Change.WEIGHTS, 3, "");
        assertThat(PolicyChange.anyToUndo(newestFirst)).isTrue();
    }

    @Test
    void whatWaitedToBeConfirmedIsUndoneAsAWhole() {
        said(Change.PUT, "one");
        said(Change.PUT, "two");
        said(Change.PUT, "three");
        said(Change.UNDONE, "one");
        assertThat(PolicyChange.anyToUndo(newestFirst)).isTrue();

        said(Change.CLEARED, "");
        assertThat(PolicyChange.anyToUndo(newestFirst)).isFalse();
    }

    @Test
    void nothingIsLeftWhereAllThatIsToldWaited() {
        said(Change.PUT, "one");
        said(Change.PUT, "two");
        said(Change.CLEARED, "");
        assertThat(PolicyChange.anyToUndo(newestFirst)).isFalse();
    }

    @Test
    void whereTheDefaultsHoldRevision0IsShown() {
        said(Change.PUT, "one");
        assertThat(newestFirst.getFirst().shown()).isEqualTo(1);
        said(Change.DELETED, "");
        assertThat(newestFirst.getFirst().shown()).isZero();
    }

    private void happened(Change change, long second, String reason) {
        happened(change, second, reason, "");
    }

    private void said(Change change, String yaml) {
        happened(change, newestFirst.size(), "", yaml);
    }

    private void happened(Change change, long second, String reason, String yaml) {
        newestFirst.addFirst(new PolicyChange(
                newestFirst.size() + 1,
                Instant.EPOCH.plus(Duration.ofSeconds(second)),
                "mira",
                reason,
                change,
                null,
                yaml));
    }
}

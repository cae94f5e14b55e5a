package io.signalbox.console.requests;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.control.Commands;
import io.signalbox.console.fixture.FakeMesh;
import io.signalbox.console.fixture.RequestSketch;
import io.signalbox.console.requests.RequestsViewModel.Reading;
import io.signalbox.console.testing.ManualScheduler;
import io.signalbox.mesh.client.MeshException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RequestsViewModelTest {

    private final FakeMesh mesh = new FakeMesh();
    private final ManualScheduler time = new ManualScheduler();
    private final RequestsViewModel model =
            new RequestsViewModel(new Commands(mesh, Runnable::run, Runnable::run), time);

    @Test
    void whatEndedBeforeStandsBelowWhatEndsNow() {
        mesh.requests().happened(List.of(RequestSketch.sampled(2, 200), RequestSketch.sampled(1, 400)));
        model.open();
        mesh.requests().end(RequestSketch.sampled(3, 100));
        assertThat(ids()).containsExactly("r-2", "r-1");
        time.advance(RequestsViewModel.TICK);
        assertThat(ids()).containsExactly("r-3", "r-2", "r-1");
        assertThat(model.perSecond().get()).isEqualTo(4.0);
    }

    @Test
    void aRequestThatIsBothFoundAndTappedStandsOnce() {
        mesh.requests().happened(List.of(RequestSketch.sampled(1, 100)));
        model.open();
        mesh.requests().end(RequestSketch.sampled(1, 100));
        time.advance(RequestsViewModel.TICK);
        assertThat(ids()).containsExactly("r-1");
    }

    @Test
    void theListIsBoundedAndTheOldestGiveWay() {
        model.open();
        for (int i = 0; i < RequestRows.KEPT + 500; i++) {
            mesh.requests().end(RequestSketch.sampled(i, 10_000 - i));
            if (i % 500 == 499) {
                time.advance(RequestsViewModel.TICK);
            }
        }
        assertThat(model.total()).isEqualTo(RequestRows.KEPT);
        assertThat(ids()).startsWith("r-2499").endsWith("r-500");
        assertThat(model.notShown().get()).isZero();
    }

    @Test
    void whatComesFasterThanItIsTakenInIsCountedAsNotShown() {
        model.open();
        for (int i = 0; i < RequestsViewModel.INBOX + 5; i++) {
            mesh.requests().end(RequestSketch.sampled(i, 5_000 - i));
        }
        mesh.requests().drop(7);
        time.advance(RequestsViewModel.TICK);
        assertThat(model.notShown().get()).isEqualTo(12);
        assertThat(model.rows()).hasSize(RequestsViewModel.INBOX);
    }

    @Test
    void whilePausedTheListStandsAndNewerOnesAreCounted() {
        mesh.requests().happened(List.of(RequestSketch.sampled(1, 900)));
        model.open();
        model.paused().set(true);
        mesh.requests().end(RequestSketch.sampled(2, 800));
        mesh.requests().end(RequestSketch.refused(3, 700));
        time.advance(RequestsViewModel.TICK);
        assertThat(ids()).containsExactly("r-1");
        assertThat(model.newer().get()).isEqualTo(2);
        model.filter().set("is:failed");
        assertThat(model.newer().get()).isEqualTo(1);
        model.filter().set("");
        model.paused().set(false);
        assertThat(ids()).containsExactly("r-3", "r-2", "r-1");
        assertThat(model.newer().get()).isZero();
    }

    @Test
    void aPauseThatLastsKeepsTheNewestAndCountsTheRest() {
        model.open();
        model.paused().set(true);
        for (int i = 0; i < RequestRows.KEPT + 500; i++) {
            mesh.requests().end(RequestSketch.sampled(i, 10_000 - i));
            if (i % 500 == 499) {
                time.advance(RequestsViewModel.TICK);
            }
        }
        assertThat(model.newer().get()).isEqualTo(RequestRows.KEPT);
        assertThat(model.notShown().get()).isEqualTo(500);
        model.paused().set(false);
        assertThat(ids()).startsWith("r-2499").endsWith("r-500");
    }

    @Test
    void whileThePointerMovesOverTheListItStands() {
        model.open();
        model.hold();
        mesh.requests().end(RequestSketch.sampled(1, 100));
        time.advance(RequestsViewModel.TICK);
        assertThat(ids()).isEmpty();
        assertThat(model.newer().get()).isEqualTo(1);
        model.release();
        assertThat(ids()).containsExactly("r-1");
    }

    @Test
    void aPointerThatRestsLetsTheListGoOn() {
        model.open();
        model.hold();
        mesh.requests().end(RequestSketch.sampled(1, 100));
        time.advance(RequestsViewModel.HOLD);
        assertThat(ids()).containsExactly("r-1");
    }

    @Test
    void aFilterIsInForceAtOnceAndAtTheMeshWhenTypingRests() {
        mesh.requests().happened(List.of(RequestSketch.refused(2, 100), RequestSketch.sampled(1, 200)));
        model.open();
        model.filter().set("status:5");
        assertThat(Objects.requireNonNull(model.problem().get())).hasMessage("status: 5 (expected: 503 | 5xx)");
        assertThat(ids()).containsExactly("r-2", "r-1");
        model.filter().set("status:5xx");
        assertThat(model.problem().get()).isNull();
        assertThat(ids()).containsExactly("r-2");
        assertThat(mesh.asked()).hasSize(1);
        time.advance(RequestsViewModel.TYPING);
        assertThat(mesh.asked()).hasSize(2).last().asString().contains("statuses=5xx");
        assertThat(mesh.requests().taps()).isEqualTo(1);
    }

    @Test
    void aConditionThatCannotBeReadLeavesTheOthersInForce() {
        mesh.requests().happened(List.of(RequestSketch.refused(2, 100), RequestSketch.sampled(1, 200)));
        model.open();
        model.filter().set("is:failed cause:brea");
        assertThat(Objects.requireNonNull(model.problem().get())).hasMessage("cause: brea (expected: breaker-open)");
        assertThat(ids()).containsExactly("r-2");
    }

    @Test
    void aRefusalIsToldAndAskedAgainWithoutATapLeftBehind() {
        mesh.requests().refuseWith(new MeshException(MeshException.Kind.UNAVAILABLE, "control plane: away"));
        model.open();
        assertThat(model.reading().get()).isEqualTo(new Reading.Failed("control plane: away"));
        assertThat(mesh.requests().taps()).isZero();
        mesh.requests().relent();
        model.retry();
        assertThat(model.reading().get()).isEqualTo(new Reading.Live());
        assertThat(mesh.requests().taps()).isEqualTo(1);
    }

    @Test
    void aClosedScreenTapsNothing() {
        model.open();
        model.close();
        assertThat(mesh.requests().taps()).isZero();
        assertThat(time.waiting()).isZero();
    }

    private List<String> ids() {
        return model.rows().stream().map(RequestWords::id).toList();
    }
}

package io.signalbox.console.requests;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.control.Commands;
import io.signalbox.console.fixture.FakeMesh;
import io.signalbox.console.fixture.RequestSketch;
import io.signalbox.console.testing.ManualScheduler;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.explain.RequestLine;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class WalkViewModelTest {

    private final FakeMesh mesh = new FakeMesh();
    private final ManualScheduler time = new ManualScheduler();
    private final Queue<Runnable> background = new ArrayDeque<>();
    private final WalkViewModel model = new WalkViewModel(new Commands(mesh, background::add, Runnable::run), time);

    @Test
    void theHopsOfItsTraceAreToldWithItsOwnAmongThem() {
        mesh.requests().explainWith(RequestSketch.walk());
        RequestLine second = RequestSketch.walk().get(1).request();
        model.explain(second);
        answer();
        assertThat(model.explanation().get()).isEqualTo(new Explanation.Told(second, RequestSketch.walk(), 1));
        assertThat(mesh.asked()).containsExactly("explain " + second.traceId());
    }

    @Test
    void onlyAnAnswerThatTakesItsTimeLeavesABlank() {
        mesh.requests().explainWith(RequestSketch.walk());
        RequestLine request = RequestSketch.retried();
        model.explain(request);
        assertThat(model.explanation().get()).isEqualTo(new Explanation.Nothing());
        time.advance(WalkViewModel.PATIENCE);
        assertThat(model.explanation().get()).isEqualTo(new Explanation.Asked(request));
        answer();
        assertThat(model.explanation().get()).isInstanceOf(Explanation.Told.class);
        assertThat(time.waiting()).isZero();
    }

    @Test
    void anAnswerToAnEarlierQuestionIsPassedOver() {
        mesh.requests().explainWith(RequestSketch.walk());
        RequestLine first = RequestSketch.walk().getFirst().request();
        RequestLine last = RequestSketch.walk().getLast().request();
        model.explain(first);
        model.explain(last);
        answer();
        assertThat(model.explanation().get()).isEqualTo(new Explanation.Nothing());
        answer();
        assertThat(model.explanation().get()).isEqualTo(new Explanation.Told(last, RequestSketch.walk(), 2));
    }

    @Test
    void aRequestThatIsNoLongerHeldIsSaidToBeSo() {
        RequestLine gone = RequestSketch.sampled(9, 0);
        mesh.requests()
                .refuseWith(new MeshException(MeshException.Kind.NOT_FOUND, "request: r-9 (expected: a kept one)"));
        model.explain(gone);
        answer();
        assertThat(model.explanation().get())
                .isEqualTo(new Explanation.Refused(gone, "request: r-9 (expected: a kept one)"));
    }

    @Test
    void whoeverLeavesHearsNoAnswer() {
        mesh.requests().explainWith(RequestSketch.walk());
        model.explain(RequestSketch.retried());
        model.leave();
        answer();
        assertThat(model.explanation().get()).isEqualTo(new Explanation.Nothing());
        assertThat(time.waiting()).isZero();
    }

    private void answer() {
        background.remove().run();
    }
}

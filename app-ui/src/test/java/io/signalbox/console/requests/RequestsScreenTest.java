package io.signalbox.console.requests;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.RequestSketch;
import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.screen.Nodes;
import io.signalbox.console.screen.ScreenBench;
import io.signalbox.console.testing.Fx;
import io.signalbox.console.theme.Theme;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.explain.ExplainedRequest;
import io.signalbox.mesh.explain.RequestLine;
import java.util.List;
import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.Test;

class RequestsScreenTest {

    @Test
    void aRowTellsWhatFromWhereToWhereAndWhatCameOfIt() {
        Fx.run(() -> {
            ScreenBench on = shown(RequestSketch.refused(4, 250));
            assertThat(on.words())
                    .contains("14:32:07.750", "POST", "/payments", "checkout", "payment", "503", "breaker-open")
                    .contains("Ended", "Request", "From, to", "Status", "Cause", "Took", "Attempts");
        });
    }

    @Test
    void spacePausesAndSpaceGoesOn() {
        Fx.run(() -> {
            ScreenBench on = shown(RequestSketch.sampled(1, 900));
            press(table(on), KeyCode.SPACE);
            on.mesh.requests().end(RequestSketch.sampled(2, 800));
            on.time.advance(RequestsViewModel.TICK);
            assertThat(table(on).getItems()).hasSize(1);
            assertThat(on.words()).contains("1 newer, press Space", "Resume", "Paused");
            press(table(on), KeyCode.SPACE);
            assertThat(table(on).getItems()).hasSize(2);
            assertThat(on.words()).contains("Pause").doesNotContain("Resume");
        });
    }

    @Test
    void missedRequestsAreCountedOnScreen() {
        Fx.run(() -> {
            ScreenBench on = shown(RequestSketch.sampled(1, 900));
            on.mesh.requests().drop(12);
            on.time.advance(RequestsViewModel.TICK);
            assertThat(on.words()).contains("12 not shown");
        });
    }

    @Test
    void requestsThatSidecarsNeverToldOfAreCountedApart() {
        Fx.run(() -> {
            ScreenBench on = shown(RequestSketch.sampled(1, 900));
            on.mesh.requests().keepToItself(7);
            on.time.advance(RequestsViewModel.TICK);
            assertThat(on.words()).contains("7 not told").doesNotContain("7 not shown");
        });
    }

    @Test
    void aFilterThatCannotBeReadSaysWhatWasExpectedAndHidesNothing() {
        Fx.run(() -> {
            ScreenBench on = shown(RequestSketch.sampled(1, 900), RequestSketch.refused(2, 950));
            on.screen().reveal("status:");
            assertThat(on.words()).contains("status:  (expected: 503 | 5xx)");
            assertThat(table(on).getItems()).hasSize(2);
            on.screen().reveal("status:5xx");
            assertThat(on.words()).contains("1 of 2").noneMatch(words -> words.contains("expected"));
        });
    }

    @Test
    void aFilterThatLeavesNothingCanBeCleared() {
        Fx.run(() -> {
            ScreenBench on = shown(RequestSketch.sampled(1, 900));
            on.screen().reveal("cause:timeout");
            on.press("Clear filter");
            assertThat(table(on).getItems()).hasSize(1);
        });
    }

    @Test
    void enterExplainsTheChosenRequestAndEscapeComesBack() {
        Fx.run(() -> {
            ScreenBench on = shown(RequestSketch.retried(), RequestSketch.sampled(1, 900));
            on.mesh.requests().explainWith(RequestSketch.walk());
            table(on).requestFocus();
            table(on).getSelectionModel().select(0);
            assertThat(on.words()).doesNotContain("Why this answer");
            press(table(on), KeyCode.ENTER);
            assertThat(on.words())
                    .contains("Why this answer", "Route rules", "2 tried, none took it", "Attempt 1", "Attempt 2")
                    .contains("header x-user-type is absent (expected: premium)")
                    .contains("by the caller's key, in proportion to the shares, lot 61 of 0..99")
                    .contains("catalog-1: the connection ended before an answer, upstream-reset, after 9.6\u00a0ms")
                    .contains("picked, the cheaper of two that were drawn", "left out: tried before")
                    .contains("left out: circuit open (5 failures in a row)")
                    .contains("Tried again after 11\u00a0ms; the retry budget has 11 left")
                    .contains("200 by the application after 34\u00a0ms")
                    .contains("Decided by policy rev 3, in revision 41 of the configuration");
            press(table(on), KeyCode.ESCAPE);
            assertThat(on.words()).doesNotContain("Why this answer");
        });
    }

    @Test
    void arrowsMoveTheWalkOnceThereIsOne() {
        Fx.run(() -> {
            List<ExplainedRequest> hops = RequestSketch.walk();
            ScreenBench on = shown(hops.get(0).request(), hops.get(1).request());
            on.mesh.requests().explainWith(hops);
            on.screen().reveal("r-7");
            table(on).requestFocus();
            table(on).getSelectionModel().select(1);
            on.layout();
            assertThat(on.words()).contains("GET /reviews/4711");
            assertThat(Nodes.all(on.root(), HopView.class))
                    .extracting(HopView::isExpanded)
                    .containsExactly(false, true, false);
        });
    }

    @Test
    void aRequestThatIsNotListedYetIsExplainedWhenItComes() {
        Fx.run(() -> {
            List<ExplainedRequest> hops = RequestSketch.walk();
            ScreenBench on = shown(RequestSketch.refused(4, 900));
            on.mesh.requests().explainWith(hops);
            on.screen().reveal("r-7");
            on.layout();
            assertThat(on.words()).doesNotContain("Why this answer");
            on.mesh.requests().end(hops.getFirst().request());
            on.time.advance(RequestsViewModel.TICK);
            on.layout();
            assertThat(on.words()).contains("Why this answer");
        });
    }

    @Test
    void aFilterThatTakesTheExplainedRowAwayExplainsNoOther() {
        Fx.run(() -> {
            List<ExplainedRequest> hops = RequestSketch.walk();
            ScreenBench on = shown(hops.get(0).request(), RequestSketch.refused(4, 900));
            on.mesh.requests().explainWith(hops);
            on.screen().reveal("r-7");
            on.layout();
            on.screen().focusFilter();
            on.find(".requests-filter .text-field", TextField.class).setText("status:5xx");
            assertThat(table(on).getItems()).hasSize(1);
            assertThat(on.words()).contains("GET /items");
            assertThat(on.mesh.asked())
                    .filteredOn(asked -> asked.startsWith("explain"))
                    .hasSize(1);
        });
    }

    @Test
    void whatEveryCircuitRefusedNamesTheCircuits() {
        Fx.run(() -> {
            RequestLine refused = RequestSketch.refused(4, 250);
            ScreenBench on = shown(refused);
            on.mesh.requests().explainWith(RequestSketch.refusedWalk(refused));
            on.screen().reveal("r-4");
            assertThat(on.words())
                    .contains("every circuit refused, so none was made", "payment-2", "no rules")
                    .contains("left out: circuit held open by hand", "503 by the mesh, breaker-open after 1.0\u00a0ms");
        });
    }

    @Test
    void aWalkIsCopiedAsACommandAndAsCurl() {
        Fx.run(() -> {
            RequestLine refused = RequestSketch.refused(4, 250);
            ScreenBench on = shown(refused);
            on.mesh.requests().explainWith(RequestSketch.refusedWalk(refused));
            on.screen().reveal("r-4");
            on.press("Copy as CLI");
            assertThat(Clipboard.getSystemClipboard().getString()).isEqualTo("signalbox explain r-4");
            on.press("Copy as curl");
            assertThat(Clipboard.getSystemClipboard().getString())
                    .isEqualTo("curl -i -X POST --proxy \"$SIDECAR\" 'http://payment/payments'");
        });
    }

    @Test
    void aRequestThatIsNoLongerHeldSaysSoAndTheListStays() {
        Fx.run(() -> {
            ScreenBench on = shown(RequestSketch.sampled(1, 900));
            on.mesh.requests().refuseWith(new MeshException(MeshException.Kind.NOT_FOUND, "request: r-1"));
            on.screen().reveal("r-1");
            assertThat(on.words()).contains("This request cannot be explained", "request: r-1");
            on.press("Back to the list");
            assertThat(on.words()).doesNotContain("Why this answer");
        });
    }

    @Test
    void anEmptyListSaysWhyAndLeadsToTheLoad() {
        Fx.run(() -> {
            ScreenBench on = ScreenBench.showing(RequestsScreen::new, SnapshotFixtures.calm());
            assertThat(on.words()).contains("No requests yet");
            on.press("Open Load, faults");
            assertThat(on.opened).containsExactly("FAULTS");
        });
    }

    @Test
    void everyControlHasANameForAScreenReader() {
        Fx.run(() -> {
            ScreenBench on = shown(RequestSketch.retried());
            on.mesh.requests().explainWith(RequestSketch.walk());
            on.screen().reveal("r-7");
            on.layout();
            assertThat(Nodes.nameless(on.root())).isEmpty();
        });
    }

    private static ScreenBench shown(RequestLine... newestFirst) {
        ScreenBench on = new ScreenBench(Locale.ENGLISH);
        on.mesh.requests().happened(List.of(newestFirst));
        on.show(RequestsScreen::new);
        on.scene(1300, 900, Theme.DARK);
        on.mesh.deliver(SnapshotFixtures.calm());
        on.layout();
        return on;
    }

    @SuppressWarnings("unchecked")
    private static TableView<RequestLine> table(ScreenBench on) {
        return on.find("#requests-table", TableView.class);
    }

    private static void press(Node node, KeyCode code) {
        node.fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false));
    }
}

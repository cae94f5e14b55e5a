package io.signalbox.console.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.screen.Nodes;
import io.signalbox.console.testing.Fx;
import io.signalbox.console.theme.Theme;
import io.signalbox.console.topology.graph.Selection;
import io.signalbox.console.topology.graph.Variants;
import io.signalbox.console.topology.layout.Box;
import io.signalbox.console.topology.layout.Route;
import io.signalbox.console.topology.paint.Viewport;
import io.signalbox.console.topology.view.GraphStage;
import io.signalbox.console.topology.view.TwinTable;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.event.Event;
import javafx.geometry.Point2D;
import javafx.scene.Parent;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.PickResult;
import javafx.scene.input.ScrollEvent;
import org.junit.jupiter.api.Test;

class TopologyScreenTest {

    private static final Selection PAYMENT = new Selection.Edge(EdgeId.parse("checkout->payment"));

    @Test
    void pressingANodeShowsItInThePanel() {
        showing(SnapshotFixtures.calm(), rig -> {
            pressNode(rig, "catalog");
            assertThat(selection(rig)).isEqualTo(new Selection.Node("catalog"));
            assertThat(words(rig)).contains("catalog", "Versions and instances");
            clickAt(rig, 3, 3);
            assertThat(selection(rig)).isEqualTo(Selection.nothing());
            assertThat(words(rig)).contains("Worst now");
        });
    }

    @Test
    void pressingAnEdgeShowsItsBreakerItsPolicyAndWhatCanBeDone() {
        showing(SnapshotFixtures.paymentOpen(), rig -> {
            pressEdge(rig, "checkout->payment");
            assertThat(selection(rig)).isEqualTo(PAYMENT);
            assertThat(words(rig))
                    .contains("checkout → payment", "Breaker", "next probe in 0:37", "Policy in force", "rev 12")
                    .contains("Close now…", "Hold open…", "Reset…", "Copy as CLI");
        });
    }

    @Test
    void aBreakerHeldOpenSaysWhyAndOffersToClose() {
        showing(SnapshotFixtures.paymentOpen(), rig -> {
            rig.screen.reveal("payment->bank");
            assertThat(words(rig))
                    .anyMatch(text -> text.startsWith("Held open since") && text.endsWith("bank maintenance."))
                    .contains("Close now…")
                    .doesNotContain("Hold open…");
        });
    }

    @Test
    void holdingOpenAsksForAReasonAndTellsTheMesh() {
        showing(SnapshotFixtures.calm(), rig -> {
            rig.reason = "bank maintenance";
            rig.screen.reveal("checkout->payment");
            button(rig, "Hold open…").fire();
            assertThat(rig.questions).hasSize(1);
            assertThat(rig.questions.getFirst().title()).isEqualTo("Hold the breaker of checkout → payment open?");
            assertThat(rig.mesh.commands).containsExactly("OPEN checkout->payment because bank maintenance");
            assertThat(rig.toasts).hasSize(1);
        });
    }

    @Test
    void theWorstFiveStandInThePanelWhileNothingIsSelected() {
        showing(SnapshotFixtures.paymentOpen(), rig -> {
            assertThat(words(rig)).contains("Worst now", "checkout → payment", "checkout");
            assertThat(rig.screen.view().lookupAll(".mesh-worst")).hasSize(5);
        });
        showing(
                SnapshotFixtures.calm(),
                rig -> assertThat(words(rig)).contains("Nothing is wrong. Select a service or an edge to see more."));
    }

    @Test
    void zoomButtonsZoomAndFitAgain() {
        showing(SnapshotFixtures.calm(), rig -> {
            Viewport fitted = viewport(rig);
            button(rig, "Larger").fire();
            assertThat(viewport(rig).zoom()).isEqualTo(fitted.zoom() * 1.25);
            button(rig, "Smaller").fire();
            button(rig, "Smaller").fire();
            assertThat(viewport(rig).zoom()).isLessThan(fitted.zoom());
            button(rig, "Show the whole graph").fire();
            assertThat(viewport(rig)).isEqualTo(fitted);
        });
    }

    @Test
    void theWheelZoomsWhereThePointerIs() {
        showing(SnapshotFixtures.calm(), rig -> {
            Viewport before = viewport(rig);
            Point2D at = stage(rig).localToScene(200, 150);
            Event.fireEvent(
                    stage(rig),
                    new ScrollEvent(
                            ScrollEvent.SCROLL,
                            at.getX(),
                            at.getY(),
                            at.getX(),
                            at.getY(),
                            false,
                            false,
                            false,
                            false,
                            false,
                            false,
                            0,
                            120,
                            0,
                            120,
                            ScrollEvent.HorizontalTextScrollUnits.NONE,
                            0,
                            ScrollEvent.VerticalTextScrollUnits.NONE,
                            0,
                            0,
                            new PickResult(stage(rig), at.getX(), at.getY())));
            Viewport after = viewport(rig);
            assertThat(after.zoom()).isGreaterThan(before.zoom());
            assertThat(after.graphX(200)).isCloseTo(before.graphX(200), org.assertj.core.api.Assertions.within(0.01));
            assertThat(after.graphY(150)).isCloseTo(before.graphY(150), org.assertj.core.api.Assertions.within(0.01));
        });
    }

    @Test
    void tTurnsTheGraphIntoATableAndBack() {
        showing(SnapshotFixtures.calm(), rig -> {
            assertThat(table(rig)).isEmpty();
            type(rig, KeyCode.T);
            assertThat(table(rig)).isPresent();
            assertThat(table(rig).orElseThrow().getItems())
                    .hasSize(SnapshotFixtures.calm().services().size()
                            + SnapshotFixtures.calm().edges().size());
            type(rig, KeyCode.T);
            assertThat(table(rig)).isEmpty();
        });
    }

    @Test
    void theTableSelectsWhatTheGraphSelectsAndTheOtherWayRound() {
        showing(SnapshotFixtures.paymentOpen(), rig -> {
            pressEdge(rig, "checkout->payment");
            type(rig, KeyCode.T);
            TableView<?> table = table(rig).orElseThrow();
            assertThat(selectedRow(table)).isEqualTo("checkout → payment");
            table.getSelectionModel().select(0);
            assertThat(selection(rig)).isInstanceOf(Selection.Node.class);
            rig.screen.viewModel().selectionProperty().set(Selection.nothing());
            assertThat(table.getSelectionModel().getSelectedIndex()).isEqualTo(-1);
        });
    }

    @Test
    void aQuestionThatHidesTheSelectedRowKeepsTheSelection() {
        showing(SnapshotFixtures.paymentOpen(), rig -> {
            type(rig, KeyCode.T);
            TableView<?> table = table(rig).orElseThrow();
            rig.screen.viewModel().selectionProperty().set(PAYMENT);
            rig.screen.viewModel().findTextProperty().set("name:cart");
            assertThat(table.getItems()).hasSize(2);
            assertThat(selection(rig)).isEqualTo(PAYMENT);
            assertThat(table.getSelectionModel().getSelectedIndex()).isEqualTo(-1);
            rig.screen.viewModel().findTextProperty().set("");
            assertThat(selection(rig)).isEqualTo(PAYMENT);
            assertThat(selectedRow(table)).isEqualTo("checkout → payment");
        });
    }

    @Test
    void aSelectedRowThatLeavesTheMeshSelectsNoNeighbour() {
        showing(SnapshotFixtures.calm(), rig -> {
            type(rig, KeyCode.T);
            rig.screen.viewModel().selectionProperty().set(new Selection.Node("mailer"));
            rig.mesh.deliver(Variants.without(SnapshotFixtures.calm(), "mailer"));
            assertThat(selection(rig)).isEqualTo(Selection.nothing());
        });
    }

    @Test
    void aQuestionThatCannotBeReadIsCalledSoUntilItCan() {
        showing(SnapshotFixtures.calm(), rig -> {
            rig.screen.viewModel().findTextProperty().set("cart");
            assertThat(words(rig)).contains("1 of 12");
            rig.screen.viewModel().findTextProperty().set("err>");
            assertThat(words(rig)).contains("cannot be read");
            rig.mesh.deliver(SnapshotFixtures.later(SnapshotFixtures.calm(), 1));
            assertThat(words(rig)).contains("cannot be read");
            rig.screen.viewModel().findTextProperty().set("");
            assertThat(words(rig)).doesNotContain("cannot be read");
        });
    }

    @Test
    void aLostMeshIsStaleUntilItsNextPicture() {
        showing(SnapshotFixtures.calm(), rig -> {
            assertThat(stage(rig).dotCount()).isPositive();
            rig.mesh.disconnect("gone");
            assertThat(rig.screen.viewModel().staleProperty().get()).isTrue();
            stage(rig).paintFrame(1);
            rig.mesh.deliver(SnapshotFixtures.calm());
            assertThat(rig.screen.viewModel().staleProperty().get()).isFalse();
        });
    }

    @Test
    void openedAndClosedAHundredTimesItLeavesNoObserver() {
        showing(SnapshotFixtures.calm(), rig -> {
            for (int i = 0; i < 100; i++) {
                rig.screen.hidden();
                assertThat(rig.feed.observerCount()).isZero();
                rig.screen.shown();
                assertThat(rig.feed.observerCount()).isEqualTo(1);
            }
            rig.screen.hidden();
            assertThat(rig.mesh.listeners).hasSize(1);
            List<String> before = words(rig);
            rig.mesh.deliver(SnapshotFixtures.paymentOpen());
            assertThat(words(rig)).isEqualTo(before);
        });
    }

    private static void showing(MeshSnapshot snapshot, Consumer<ScreenRig> test) {
        Fx.run(() -> {
            ScreenRig rig = new ScreenRig(snapshot);
            Fx.scene((Parent) rig.screen.view(), 1_364, 856, Theme.DARK);
            rig.screen.shown();
            rig.mesh.deliver(snapshot);
            layout(rig);
            stage(rig).paintFrame(1);
            test.accept(rig);
            rig.screen.hidden();
        });
    }

    private static void layout(ScreenRig rig) {
        Parent root = (Parent) rig.screen.view();
        root.applyCss();
        root.layout();
    }

    private static List<String> words(ScreenRig rig) {
        layout(rig);
        return Nodes.words(rig.screen.view());
    }

    private static Selection selection(ScreenRig rig) {
        return rig.screen.viewModel().selectionProperty().get();
    }

    private static GraphStage stage(ScreenRig rig) {
        return rig.screen.stage();
    }

    private static Viewport viewport(ScreenRig rig) {
        return stage(rig).viewportProperty().get();
    }

    private static Optional<TwinTable> table(ScreenRig rig) {
        layout(rig);
        return Nodes.all(rig.screen.view(), TwinTable.class).stream().findFirst();
    }

    private static Object selectedRow(TableView<?> table) {
        return table.getColumns()
                .getFirst()
                .getCellData(table.getSelectionModel().getSelectedIndex());
    }

    private static MeshButton button(ScreenRig rig, String words) {
        layout(rig);
        return Nodes.all(rig.screen.view(), MeshButton.class).stream()
                .filter(button -> words.equals(button.getText()) || words.equals(button.getAccessibleText()))
                .findFirst()
                .orElseThrow();
    }

    private static void pressNode(ScreenRig rig, String name) {
        Box box = Objects.requireNonNull(
                Objects.requireNonNull(stage(rig).scene()).layout().box(name));
        clickAt(rig, viewport(rig).x(box.centerX()), viewport(rig).y(box.centerY()));
    }

    private static void pressEdge(ScreenRig rig, String id) {
        Route route = Objects.requireNonNull(
                Objects.requireNonNull(stage(rig).scene()).routes().get(EdgeId.parse(id)));
        double middle = route.trunk().length() / 2;
        clickAt(
                rig,
                viewport(rig).x(route.trunk().x(middle)),
                viewport(rig).y(route.trunk().y(middle)));
    }

    /** A click at a point of the stage. */
    private static void clickAt(ScreenRig rig, double x, double y) {
        Point2D at = stage(rig).localToScene(x, y);
        Event.fireEvent(
                stage(rig),
                new MouseEvent(
                        MouseEvent.MOUSE_CLICKED,
                        at.getX(),
                        at.getY(),
                        at.getX(),
                        at.getY(),
                        MouseButton.PRIMARY,
                        1,
                        false,
                        false,
                        false,
                        false,
                        true,
                        false,
                        false,
                        false,
                        false,
                        true,
                        new PickResult(stage(rig), at.getX(), at.getY())));
    }

    private static void type(ScreenRig rig, KeyCode code) {
        Event.fireEvent(
                rig.screen.view(),
                new KeyEvent(KeyEvent.KEY_PRESSED, "", code.getName(), code, false, false, false, false));
    }
}

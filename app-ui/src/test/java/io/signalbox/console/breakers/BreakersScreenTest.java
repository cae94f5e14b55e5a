package io.signalbox.console.breakers;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.screen.Nodes;
import io.signalbox.console.screen.ScreenBench;
import io.signalbox.console.testing.Fx;
import io.signalbox.console.theme.Theme;
import io.signalbox.console.widget.BreakerBlade;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.console.widget.Sparkline;
import io.signalbox.mesh.client.MeshException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javafx.event.Event;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.MenuItem;
import javafx.scene.input.Clipboard;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.PickResult;
import org.junit.jupiter.api.Test;

class BreakersScreenTest {

    private static final String CIRCUIT = "checkout-1->payment-2";

    @Test
    void choicesOfStateKeepOnlyTheirLampsWhereTheWordsHaveNoRoom() {
        Fx.run(() -> {
            ScreenBench on = new ScreenBench(Locale.GERMAN);
            on.show(BreakersScreen::new);
            on.scene(1_400, 700, Theme.DARK);
            on.mesh.deliver(SnapshotFixtures.canary());
            assertThat(on.words()).contains("Offen gehalten");

            on.root().resize(800, 700);
            assertThat(on.words()).doesNotContain("Offen gehalten");
        });
    }

    @Test
    void theLineOfTheErrorsStaysWithinItsTileHoweverLongTheWordsBesideItAre() {
        Fx.run(() -> {
            ScreenBench on = new ScreenBench(Locale.GERMAN);
            on.show(BreakersScreen::new);
            on.scene(1_400, 700, Theme.DARK);
            on.mesh.deliver(SnapshotFixtures.paymentOpen());
            long most = 0;
            long least = Long.MAX_VALUE;
            for (int width = 1_400; width > 700; width -= 10) {
                on.root().resize(width, 700);
                on.layout();
                long shown = Nodes.all(on.root(), CircuitTile.class).stream()
                        .flatMap(tile -> Nodes.all(tile, Sparkline.class).stream())
                        .filter(Node::isVisible)
                        .count();
                most = Math.max(most, shown);
                least = Math.min(least, shown);
                if (width == 1_400) {
                    assertThat(shown).isPositive();
                }
                for (CircuitTile tile : Nodes.all(on.root(), CircuitTile.class)) {
                    Nodes.all(tile, Sparkline.class).stream()
                            .filter(Node::isVisible)
                            .forEach(line -> assertThat(tile.sceneToLocal(line.localToScene(line.getLayoutBounds()))
                                            .getMaxX())
                                    .isLessThanOrEqualTo(tile.getWidth()));
                }
            }
            assertThat(least).isLessThan(most);
        });
    }

    @Test
    void eachOpenCircuitIsATileWithItsCountdown() {
        Fx.run(() -> {
            ScreenBench on = shown();
            assertThat(Nodes.all(on.root(), CircuitTile.class))
                    .extracting(tile -> tile.row().id())
                    .startsWith("checkout-1->payment-1", CIRCUIT);
            assertThat(on.words()).contains("Open", "0:37", "failed, 235 refused");
            on.time.advance(Duration.ofSeconds(7));
            assertThat(on.words()).contains("0:30").doesNotContain("0:37");
        });
    }

    @Test
    void anEjectedEndpointSaysWhyAndForHowLongThoughItsCircuitIsClosed() {
        Fx.run(() -> {
            ScreenBench on = ScreenBench.showing(BreakersScreen::new, SnapshotFixtures.ejected());
            on.time.advance(Duration.ofSeconds(1));
            assertThat(Nodes.all(on.root(), CircuitTile.class).getFirst().row().id())
                    .isEqualTo(CIRCUIT);
            assertThat(on.words()).contains("1 ejected", "ejected 0:24", "failures in a row");
            press(tile(on));
            assertThat(on.words())
                    .anyMatch(words -> words.startsWith("checkout-1 leaves payment-2 out until")
                            && words.contains("0:24 from now")
                            && words.contains("1 of 2 endpoints were ejected"));
            on.time.advance(Duration.ofSeconds(4));
            assertThat(on.words()).contains("ejected 0:20");
        });
    }

    @Test
    void pressingATileShowsWhatThePolicySaysAndPressingItAgainHidesIt() {
        Fx.run(() -> {
            ScreenBench on = shown();
            press(tile(on));
            assertThat(on.words()).contains("Policy in force", "failureThreshold", "Next probe");
            press(tile(on));
            assertThat(on.words()).doesNotContain("Policy in force");
        });
    }

    @Test
    void closingAsksWhyAndSaysWhatItHits() {
        Fx.run(() -> {
            ScreenBench on = shown();
            on.screen().reveal(CIRCUIT);
            on.press("Close now…");
            assertThat(on.words())
                    .contains("Close checkout-1 → payment-2 now?")
                    .anyMatch(words -> words.contains("235 calls were refused since 14:31:45"));
            on.answer("payment is back", "Close now");
            assertThat(on.mesh.asked()).containsExactly("breaker " + CIRCUIT + " CLOSE by console: payment is back");
            assertThat(on.words()).contains("checkout-1 → payment-2 is closed");
        });
    }

    @Test
    void withoutAReasonNothingIsAsked() {
        Fx.run(() -> {
            ScreenBench on = shown();
            on.screen().reveal(CIRCUIT);
            on.press("Reset…");
            on.press("Reset");
            assertThat(on.mesh.asked()).isEmpty();
            on.answer("counted a deploy", "Reset");
            assertThat(on.mesh.asked()).containsExactly("breaker " + CIRCUIT + " RESET by console: counted a deploy");
        });
    }

    @Test
    void holdingOpenSaysHowManyCallsASecondStopAndWhereTheyGo() {
        Fx.run(() -> {
            ScreenBench on = ScreenBench.showing(BreakersScreen::new, SnapshotFixtures.calm());
            on.screen().reveal(CIRCUIT);
            on.press("Hold open…");
            assertThat(on.words())
                    .anyMatch(words -> words.contains("10\u00a0req/s of checkout-1 stop reaching payment-2")
                            && words.contains("they go over 1 other circuit to payment"));
            on.answer("payment-2 leaks", "Hold open");
            assertThat(on.mesh.asked()).containsExactly("breaker " + CIRCUIT + " OPEN by console: payment-2 leaks");
        });
    }

    @Test
    void aRefusalSaysWhyAndStays() {
        Fx.run(() -> {
            ScreenBench on = shown();
            on.mesh.refuseWith(
                    new MeshException(MeshException.Kind.CONFLICT, "breaker: held by mira (expected: nobody)"));
            on.screen().reveal(CIRCUIT);
            on.press("Close now…");
            on.answer("again", "Close now");
            assertThat(on.words()).contains("breaker: held by mira (expected: nobody)");
            on.time.advance(Duration.ofMinutes(5));
            assertThat(on.words()).contains("breaker: held by mira (expected: nobody)");
        });
    }

    @Test
    void whatWouldChangeNothingCannotBePressedAndSaysSo() {
        Fx.run(() -> {
            ScreenBench on = ScreenBench.showing(BreakersScreen::new, SnapshotFixtures.calm());
            on.screen().reveal(CIRCUIT);
            assertThat(button(on, "Close now…").blockedReasonProperty().get()).isEqualTo("It is closed already");
            on.mesh.deliver(SnapshotFixtures.paymentOpen());
            assertThat(button(on, "Close now…").blockedReasonProperty().get()).isEmpty();
        });
    }

    @Test
    void whileDisconnectedNothingCanBeChanged() {
        Fx.run(() -> {
            ScreenBench on = shown();
            on.screen().reveal(CIRCUIT);
            on.mesh.disconnect("connection refused");
            assertThat(button(on, "Close now…").blockedReasonProperty().get()).startsWith("Not connected");
            on.mesh.deliver(SnapshotFixtures.paymentOpen());
            assertThat(button(on, "Close now…").blockedReasonProperty().get()).isEmpty();
        });
    }

    @Test
    void theMenuOfAnEdgeMovesAllItsCircuits() {
        Fx.run(() -> {
            ScreenBench on = shown();
            BreakersViewModel model = new BreakersViewModel(on.bench.commands(), "console");
            model.update(SnapshotFixtures.paymentOpen());
            var actions = new CircuitActions(
                    model,
                    on.bench,
                    new BreakerWords(on.bench.texts(), on.bench.formats()),
                    new javafx.beans.property.SimpleStringProperty(""));
            List<MenuItem> menu = actions.menu(model.groups().getFirst()).getItems();
            assertThat(menu)
                    .extracting(MenuItem::getText)
                    .containsExactly("Close all now…", "Hold all open…", "Copy as CLI", "Show in topology");
            menu.get(1).fire();
            on.answer("bank maintenance", "Hold open");
            assertThat(on.mesh.asked()).containsExactly("breaker checkout->payment OPEN by console: bank maintenance");
            menu.get(3).fire();
            assertThat(on.opened).containsExactly("TOPOLOGY checkout->payment");
        });
    }

    @Test
    void theSameCommandCanBeCopiedForATerminal() {
        Fx.run(() -> {
            ScreenBench on = shown();
            on.screen().reveal(CIRCUIT);
            on.press("Copy as CLI");
            assertThat(Clipboard.getSystemClipboard().getString())
                    .isEqualTo("signalbox breaker close checkout-1:payment-2 --reason \"…\"");
            on.press("Show in topology");
            assertThat(on.opened).containsExactly("TOPOLOGY checkout->payment");
        });
    }

    @Test
    void aStateShowsOnlyItsTilesAndAFilterThatHidesAllSaysSo() {
        Fx.run(() -> {
            ScreenBench on = shown();
            on.press("Half-open");
            assertThat(Nodes.all(on.root(), CircuitTile.class)).hasSize(2);
            assertThat(on.words()).contains("2 of 55");
            on.press("Disabled");
            assertThat(on.words()).contains("Nothing matches", "hides all 55.");
            on.press("Clear filter");
            assertThat(Nodes.all(on.root(), CircuitTile.class)).hasSizeGreaterThan(8);
        });
    }

    @Test
    void tilesKeepTheirPlacesWhileThePointerIsOverThem() {
        Fx.run(() -> {
            ScreenBench on = ScreenBench.showing(BreakersScreen::new, SnapshotFixtures.calm());
            Node board = on.find(".breakers-groups", Node.class);
            String before = first(board);
            mouse(board, MouseEvent.MOUSE_ENTERED);
            on.mesh.deliver(SnapshotFixtures.paymentOpen());
            assertThat(first(board)).isEqualTo(before);
            mouse(board, MouseEvent.MOUSE_EXITED);
            assertThat(first(board)).isEqualTo("edge-checkout->payment");
        });
    }

    @Test
    void aCircuitThatOpensIsSeenEvenWhereItsEdgeWasFolded() {
        Fx.run(() -> {
            ScreenBench on = ScreenBench.showing(BreakersScreen::new, SnapshotFixtures.calm());
            assertThat(Nodes.all(on.root(), CircuitTile.class)).hasSizeLessThan(20);
            on.mesh.deliver(SnapshotFixtures.everythingDown());
            on.time.advance(Duration.ofSeconds(1));
            assertThat(Nodes.all(on.root(), CircuitTile.class))
                    .hasSize(SnapshotFixtures.everythingDown().breakers().size());
        });
    }

    @Test
    void everyControlHasANameForAScreenReader() {
        Fx.run(() -> {
            ScreenBench on = shown();
            on.screen().reveal(CIRCUIT);
            on.layout();
            assertThat(Nodes.nameless(on.root())).isEmpty();
            assertThat(tile(on).getAccessibleText())
                    .isEqualTo("checkout-1 to payment-2, Open, 100\u00a0% failed in the last minute, 235 refused");
            assertThat(Nodes.all(tile(on), BreakerBlade.class)).hasSize(1);
        });
    }

    private static ScreenBench shown() {
        return ScreenBench.showing(BreakersScreen::new, SnapshotFixtures.paymentOpen());
    }

    private static Node tile(ScreenBench on) {
        return Nodes.all(on.root(), CircuitTile.class).stream()
                .filter(tile -> tile.row().id().equals(CIRCUIT))
                .findFirst()
                .orElseThrow();
    }

    private static String first(Node board) {
        return ((javafx.scene.layout.VBox) board).getChildren().getFirst().getId();
    }

    private static MeshButton button(ScreenBench on, String words) {
        on.layout();
        return Nodes.all(on.root(), MeshButton.class).stream()
                .filter(button -> words.equals(button.getText()))
                .findFirst()
                .orElseThrow();
    }

    private static void press(Node node) {
        mouse(node, MouseEvent.MOUSE_CLICKED);
    }

    private static void mouse(Node node, javafx.event.EventType<MouseEvent> type) {
        Event.fireEvent(
                node,
                new MouseEvent(
                        type,
                        1,
                        1,
                        1,
                        1,
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
                        new PickResult(node, new Point2D(1, 1).getX(), 1)));
    }
}

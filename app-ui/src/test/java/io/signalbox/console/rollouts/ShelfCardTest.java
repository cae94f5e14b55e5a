package io.signalbox.console.rollouts;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.RolloutSketch;
import io.signalbox.console.fixture.ShopperSketch;
import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.screen.ScreenBench;
import io.signalbox.console.testing.Fx;
import io.signalbox.console.theme.Theme;
import io.signalbox.mesh.client.MeshException;
import java.time.Duration;
import java.util.Locale;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init")
class ShelfCardTest {

    private final FxRobot robot = new FxRobot();
    private ScreenBench on;

    @Start
    void start(Stage stage) {
        on = new ScreenBench(Locale.ENGLISH);
        RolloutSketch.of(on.mesh);
        on.show(RolloutsScreen::new);
        stage.setScene(on.scene(980, 960, Theme.DARK));
        stage.setX(10);
        stage.setY(10);
        stage.show();
        on.mesh.deliver(SnapshotFixtures.canary());
        on.layout();
    }

    @Test
    void whoeverAskedHasATileWithVersionAndOutcome() {
        ShopperSketch.shoppers().forEach(on.mesh.requests()::end);
        tick();
        Fx.run(() -> assertThat(on.words())
                .contains("200 callers, their last request", "3 failed")
                .anyMatch(words -> words.matches("○ v1, 1[2-5]\\d"))
                .anyMatch(words -> words.matches("□ v2, [4-7]\\d"))
                .anyMatch(words -> words.startsWith("flat mouth: slower than")));
    }

    @Test
    void whoMayHaveGoneIsNotCountedAmongAVersionsCallers() {
        on.mesh.requests().end(ShopperSketch.shopper(2, "v2", 200, 12, 130));
        on.mesh.requests().end(ShopperSketch.shopper(5, "v1", 200, 12, 3));
        tick();
        Fx.run(() -> assertThat(on.words())
                .contains("○ v1, 1", "□ v2, 0")
                .anyMatch(words -> words.startsWith("2 callers, their last request; 1 of them over 2")));
    }

    @Test
    void aTileIsNamedUnderThePointerAndOpensItsRequest() {
        on.mesh.requests().end(ShopperSketch.shopper(2, "v2", 500, 120, 3));
        tick();
        Point2D second = Fx.call(() -> {
            on.find(".screen-scroll", ScrollPane.class).setVvalue(1);
            on.layout();
            ShelfGrid grid = grid();
            Bounds bounds = grid.localToScreen(grid.getBoundsInLocal());
            return new Point2D(bounds.getMinX() + 31, bounds.getMinY() + 10);
        });
        robot.moveTo(second);
        Fx.run(() -> assertThat(on.words()).contains("shopper-002: v2, status 500, 120\u00a0ms, 3.5\u00a0s ago"));
        robot.clickOn(second);
        assertThat(on.opened).containsExactly("REQUESTS r-2");
    }

    @Test
    void theKeysGoFromTileToTileAndOpenOne() {
        on.mesh.requests().end(ShopperSketch.shopper(2, "v2", 200, 12, 3));
        on.mesh.requests().end(ShopperSketch.shopper(5, "v1", 200, 12, 3));
        tick();
        robot.interact(() -> grid().requestFocus());
        robot.type(KeyCode.RIGHT).type(KeyCode.RIGHT);
        Fx.run(() -> assertThat(grid().getAccessibleText()).contains("shopper-005: v1, status 200"));
        robot.type(KeyCode.LEFT).type(KeyCode.ENTER);
        assertThat(on.opened).containsExactly("REQUESTS r-2");
    }

    @Test
    void requestsOfNobodySayWhyThereIsNoWall() {
        Fx.run(() -> assertThat(on.words()).contains("No request of catalog has ended yet that the mesh kept."));
        on.mesh.requests().end(ShopperSketch.keyed(ShopperSketch.shopper(2, "v2", 200, 12, 3), null));
        tick();
        Fx.run(() -> {
            assertThat(on.words()).anyMatch(words -> words.startsWith("The requests of catalog do not say whose they"));
            on.press("Open its policy");
        });
        assertThat(on.opened).containsExactly("POLICIES catalog");
    }

    @Test
    void aMeshThatTellsNoRequestsIsSaidToo() {
        Fx.run(() -> {
            on.screen().hidden();
            on.mesh.requests().refuseWith(new MeshException(MeshException.Kind.FORBIDDEN, "scope: none"));
            on.screen().shown();
            assertThat(on.words()).contains("The mesh does not tell its requests: scope: none");
        });
    }

    private void tick() {
        robot.interact(() -> on.time.advance(Duration.ofMillis(500)));
        robot.interact(() -> on.layout());
    }

    private ShelfGrid grid() {
        return on.find("#rollouts-shelf", ShelfGrid.class);
    }
}

package io.signalbox.console.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.testing.FakeMesh;
import io.signalbox.console.theme.Theme;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.application.Platform;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init")
class ConsoleShellTest {

    private final FxRobot robot = new FxRobot();
    private ShellFixture fixture;
    private ConsoleShell shell;
    private Stage stage;

    @Start
    void start(Stage shown) {
        stage = shown;
        fixture = new ShellFixture(Theme.DARK);
        fixture.preferences.put("window", "0 0 1000 760");
        fixture.screens.replace(ScreenId.EVENTS, context -> new Failing());
        shell = new ConsoleShell(fixture.partsWithScreens());
        shell.open(stage);
    }

    @AfterEach
    void close() {
        robot.interact(() -> {
            shell.close();
            stage.close();
        });
    }

    @Test
    void theRailOpensEachScreenAndMakesItOnce() {
        for (ScreenId screen : ScreenId.values()) {
            if (screen != ScreenId.EVENTS) {
                robot.clickOn("#rail-" + screen.id());
                assertThat(isCurrent(screen)).isTrue();
            }
        }
        robot.clickOn("#rail-traffic");
        assertThat(fixture.log).filteredOn("create traffic"::equals).hasSize(1);
        assertThat(fixture.log).containsSubsequence("shown topology", "hidden topology", "shown traffic");
        assertThat(fixture.preferences.get("screen")).contains("traffic");
    }

    @Test
    void gAndALetterOpenAScreen() {
        robot.type(KeyCode.G, KeyCode.B);
        assertThat(isCurrent(ScreenId.BREAKERS)).isTrue();
    }

    @Test
    void aLetterLongAfterGDoesNothing() {
        robot.type(KeyCode.G);
        robot.interact(() -> fixture.time.advance(Duration.ofSeconds(2)));
        robot.type(KeyCode.B);
        assertThat(isCurrent(ScreenId.TOPOLOGY)).isTrue();
    }

    @Test
    void lettersAreOnlyTextWhileAFieldHasTheFocus() {
        robot.type(KeyCode.SLASH);
        assertThat(focused().getId()).isEqualTo("filter");
        robot.type(KeyCode.G, KeyCode.B);
        assertThat(isCurrent(ScreenId.TOPOLOGY)).isTrue();
    }

    @Test
    void lettersThatWereTurnedOffDoNothing() {
        new SingleLetters(fixture.preferences).turnOff();
        robot.type(KeyCode.G, KeyCode.B);
        assertThat(isCurrent(ScreenId.TOPOLOGY)).isTrue();
    }

    @Test
    void theLetterAfterGIsNoKeyOfTheScreen() {
        List<KeyCode> reached = new CopyOnWriteArrayList<>();
        Node root = robot.lookup("#theme").query().getScene().getRoot();
        root.addEventHandler(KeyEvent.KEY_PRESSED, event -> reached.add(event.getCode()));
        robot.type(KeyCode.G, KeyCode.T, KeyCode.T);
        assertThat(reached).containsExactly(KeyCode.G, KeyCode.T);
    }

    @Test
    void theThemeButtonSwitchesAtOnceAndBack() {
        robot.clickOn("#theme");
        assertThat(fixture.appearance.themeProperty().get()).isEqualTo(Theme.LIGHT);
        robot.clickOn("#theme");
        assertThat(fixture.appearance.themeProperty().get()).isEqualTo(Theme.DARK);
    }

    @Test
    void thePaletteFindsByTypingAndRunsOnEnter() {
        AtomicInteger ran = new AtomicInteger();
        fixture.extraCommands.add(new Command("Open payment's breaker…", "Breakers", ran::incrementAndGet));
        robot.press(KeyCode.CONTROL).type(KeyCode.K).release(KeyCode.CONTROL);
        robot.write("pay breaker");
        robot.type(KeyCode.ENTER);
        assertThat(ran).hasValue(1);
        assertThat(robot.lookup("#palette").tryQuery()).isEmpty();
    }

    @Test
    void thePaletteOpensAScreenChosenByArrow() {
        robot.clickOn("#search");
        robot.type(KeyCode.DOWN, KeyCode.ENTER);
        assertThat(isCurrent(ScreenId.REQUESTS)).isTrue();
    }

    @Test
    void escapeLeavesThePaletteAndTheFocusReturns() {
        robot.clickOn("#rail-services");
        Node before = focused();
        robot.press(KeyCode.CONTROL).type(KeyCode.K).release(KeyCode.CONTROL);
        assertThat(focused().getId()).isEqualTo("palette-query");
        robot.type(KeyCode.ESCAPE);
        assertThat(robot.lookup("#palette").tryQuery()).isEmpty();
        assertThat(focused()).isSameAs(before);
    }

    @Test
    void theQuestionMarkShowsTheKeys() {
        robot.press(KeyCode.SHIFT).type(KeyCode.SLASH).release(KeyCode.SHIFT);
        assertThat(robot.lookup("#shortcuts").tryQuery()).isPresent();
        robot.type(KeyCode.ESCAPE);
        assertThat(robot.lookup("#shortcuts").tryQuery()).isEmpty();
    }

    @Test
    void f6GoesRoundTheRegions() {
        robot.clickOn("#rail-services");
        robot.type(KeyCode.F6);
        assertThat(focused().getId()).isEqualTo("search");
        robot.type(KeyCode.F6);
        assertThat(focused().getId()).isEqualTo("filter");
        robot.press(KeyCode.SHIFT).type(KeyCode.F6).release(KeyCode.SHIFT);
        assertThat(focused().getId()).isEqualTo("search");
    }

    @Test
    void aScreenThatThrowsIsReplacedAloneAndOpensAgain() {
        robot.clickOn("#rail-events");
        Button broken = robot.lookup("#break").queryButton();
        Platform.runLater(broken::fire);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(robot.lookup("#crashed").tryQuery()).isPresent();
        robot.clickOn("Open it again");
        assertThat(robot.lookup("#break").tryQuery()).isPresent();
        robot.clickOn("#rail-topology");
        assertThat(isCurrent(ScreenId.TOPOLOGY)).isTrue();
        assertThat(fixture.log).endsWith("shown topology");
    }

    @Test
    void theTopBarShowsTheFiguresAndTheirAge() {
        robot.interact(() -> {
            fixture.mesh.send(FakeMesh.picture(1, FakeMesh.totals(738, 7_380, 0, null)));
            fixture.time.advance(Duration.ofMillis(500));
        });
        assertThat(robot.lookup("#mesh-name").queryAs(Label.class).getText()).isEqualTo("corner-shop");
        assertThat(robot.lookup("#status-rate").query().getAccessibleText()).isEqualTo("738 req/s");
        assertThat(robot.lookup("#status-p99").query().getAccessibleText()).isEqualTo("– p99");
        assertThat(robot.lookup("#status-age").query().getAccessibleText()).isEqualTo("0.5\u00a0s ago");
    }

    @Test
    void aLostConnectionIsSaidAcrossTheWindowUntilItIsBack() {
        robot.interact(() -> {
            fixture.mesh.send(FakeMesh.picture(1, FakeMesh.totals(738, 7_380, 0, null)));
            fixture.mesh.disconnect("connection refused");
        });
        assertThat(robot.lookup("#disconnected").query().isVisible()).isTrue();
        robot.interact(() -> fixture.mesh.send(FakeMesh.picture(2, FakeMesh.totals(1, 1, 0, null))));
        assertThat(robot.lookup("#disconnected").query().isVisible()).isFalse();
    }

    @Test
    void belowTwelveHundredTheRailShowsIconsOnly() {
        assertThat(robot.lookup("#rail-topology")
                        .query()
                        .lookup(".mesh-rail-name")
                        .isVisible())
                .isFalse();
        assertThat(robot.lookup("#status-p50").query().getParent().isVisible()).isFalse();
    }

    @Test
    void aHundredWaysThroughTheScreensLeaveNoSubscriptionBehind() {
        robot.interact(() -> {
            for (int i = 0; i < 25; i++) {
                shell.open(ScreenId.TRAFFIC);
                shell.open(ScreenId.BREAKERS);
                shell.open(ScreenId.SERVICES);
                shell.open(ScreenId.TOPOLOGY);
            }
            shell.close();
        });
        assertThat(fixture.feed.observerCount()).isZero();
        assertThat(fixture.time.waiting()).isZero();
        assertThat(fixture.log.stream().filter(line -> line.startsWith("shown")).count())
                .isEqualTo(fixture.log.stream()
                        .filter(line -> line.startsWith("hidden"))
                        .count());
    }

    @Test
    void theWindowIsRememberedWhereItWas() {
        robot.interact(() -> {
            stage.setX(20);
            stage.setY(30);
            stage.close();
        });
        assertThat(fixture.preferences.get("window")).contains("20 30 1000 760");
    }

    private boolean isCurrent(ScreenId screen) {
        return robot.lookup("#rail-" + screen.id())
                .query()
                .getPseudoClassStates()
                .contains(PseudoClass.getPseudoClass("current"));
    }

    private Node focused() {
        return stage.getScene().getFocusOwner();
    }

    /** A screen whose only button throws. */
    private static final class Failing implements Screen {

        private final VBox view = new VBox();

        Failing() {
            Button broken = new Button("Break");
            broken.setId("break");
            broken.setOnAction(event -> {
                throw new IllegalStateException("broken: yes (expected: no)");
            });
            view.getChildren().add(broken);
        }

        @Override
        public ScreenId id() {
            return ScreenId.EVENTS;
        }

        @Override
        public Node view() {
            return view;
        }

        @Override
        public void shown() {}

        @Override
        public void hidden() {}
    }
}
